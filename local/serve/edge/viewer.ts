/** The viewer of a request, whether it came directly or through the HTTP/3 server. */
import type { X509Certificate } from "node:crypto";
import { isLoopbackName, publicAddressOf } from "../addresses";
import type { Connection, Request } from "../http/acceptor";
import { type Header, pairs, splitHost, value } from "../http/headers";
import { authorityOf, protocolOf } from "../http/reply";

/** The viewer's side of a request. */
export interface Viewer {
  readonly address: string;
  readonly port: number;
  readonly scheme: "http" | "https";
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2" | "HTTP/3";
  /** Name that the viewer called, without a port. */
  readonly host: string;
  /** Its country, if it is known. */
  readonly country?: string;
  /** What it showed in the TLS handshake; absent: nothing. */
  readonly certificate?: X509Certificate;
}

/**
 * Header with which a client here says its country, because addresses of 127.0.0.0/8 have none. It
 * goes no further than the local edge.
 */
const countryHeader = "x-hopwise-viewer-country";

/** What a proxy in front of the edge says about a viewer: the server for HTTP/3. */
export interface ProxiedViewer extends Partial<Pick<Viewer, "address" | "port" | "protocol">> {
  /** Lower-case names of the headers with that information, which are not sent to origins. */
  readonly headers: readonly string[];
}

/** Undefined for requests directly from a viewer. Only for trusted connections. */
export type ViewerHook = (request: Request, connection: Connection) => ProxiedViewer | undefined;

/** A request's viewer, the name that it called, and the headers that it sent. */
export interface ViewerArrival {
  readonly viewer: Viewer;
  /** The name as the viewer wrote it, before a loopback name was replaced. */
  readonly requestedHost: string;
  readonly headers: readonly Header[];
}

/** Reads an arrival; loopback names are replaced by `frontName`. */
export function viewerOf(
  request: Request,
  connection: Connection,
  o: { readonly callerAddress?: string; readonly frontName: string; readonly hook?: ViewerHook },
): ViewerArrival {
  const proxied = o.hook?.(request, connection);
  const requestedHost = splitHost(authorityOf(request)).name;
  const headers = pairs(request.rawHeaders);
  const country = value(headers, countryHeader)?.toUpperCase();
  const certificate = connection.secure?.clientChain?.[0];
  const own = [countryHeader, ...(proxied?.headers ?? [])];
  return {
    requestedHost,
    headers: headers.filter(([name]) => !own.includes(name.toLowerCase())),
    viewer: {
      address: publicAddressOf(proxied?.address ?? connection.address, o.callerAddress),
      port: proxied?.port ?? connection.port,
      scheme: connection.secure ? "https" : "http",
      protocol: proxied?.protocol ?? protocolOf(request),
      host: isLoopbackName(requestedHost) ? o.frontName : requestedHost,
      ...(country !== undefined && { country }),
      ...(certificate && { certificate }),
    },
  };
}
