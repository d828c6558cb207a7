/** What gRPC needs of the other keys. */
import { edgeOffers } from "../../path/protocols";
import type { View } from "../view";
import type { SettingsChange, SettingsRule } from "./rule";

/** True where CloudFront is to carry gRPC. */
function grpcAtEdge(view: View): boolean {
  return view.row.edge !== undefined && takesGrpc(view);
}

/** True where the stack takes gRPC at all. */
export function takesGrpc(view: View): boolean {
  return view.row.mustWork.includes("grpc") || view.get("grpc.services") !== undefined;
}

/** The change, or no gRPC where that is a choice. */
const orWithout = (view: View, change: SettingsChange): SettingsChange =>
  view.given("grpc.services") ? { either: [change, { remove: "grpc.services" }] } : change;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
const needsPublicOrigin: SettingsRule = (view) =>
  grpcAtEdge(view) && view.get("origin.access") === "vpc-origin"
    ? [
        {
          key: "origin.access",
          expected: "prefix-list: CloudFront carries no gRPC through a VPC origin",
          change: orWithout(view, { set: "origin.access", to: "prefix-list" }),
        },
      ]
    : [];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html */
const needsHttp2Viewers: SettingsRule = (view) =>
  grpcAtEdge(view) && !edgeOffers[view.get("viewers.httpVersions")].includes("HTTP/2")
    ? [
        {
          key: "viewers.httpVersions",
          expected: "http2 or http2and3: CloudFront takes gRPC over HTTP/2 only",
          change: orWithout(view, { set: "viewers.httpVersions", to: "http2and3" }),
        },
      ]
    : [];

/** Containers of a task share one network interface. */
const portsDiffer: SettingsRule = (view) =>
  view.get("grpc.port") === view.get("service.port")
    ? [
        {
          key: "grpc.port",
          expected: "another port than service.port: both containers listen in the same task",
          change: {
            set: "grpc.port",
            to: view.get("service.port") === 50051 ? "50052" : "50051",
          },
        },
      ]
    : [];

/** In the order they are listed. */
export const grpcRules: readonly SettingsRule[] = [
  needsPublicOrigin,
  needsHttp2Viewers,
  portsDiffer,
];
