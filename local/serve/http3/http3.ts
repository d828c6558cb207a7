/** HTTP/3 for viewers of the edge, if distributions have it and Caddy is installed. */
import type { Edge } from "../edge/edge";
import type { Http3Choice } from "../types";
import { hasHttp3 } from "./altSvc";
import { Http3Arrivals } from "./arrivals";
import { Caddy } from "./caddy";
import { howToGetCaddy } from "./find";

export interface Http3Options {
  /** Undefined without Caddy. */
  readonly choice?: Http3Choice | Promise<Http3Choice | undefined>;
  readonly stateDir: string;
  /** Called when HTTP/3 ends unexpectedly. */
  readonly onNote: (message: string) => void;
}

/** Where viewers call the edge; HTTP/3 has the same port, UDP. */
export interface Http3Place {
  readonly address: string;
  readonly port: number;
}

/** Starts, changes and ends Caddy as the distributions need it. */
export class Http3 {
  readonly arrivals = new Http3Arrivals();
  private caddy?: Caddy;
  private edgePort?: number;
  /** Each change waits for the one before it. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: Http3Options) {
    // A failed search is reported when its result is needed.
    void Promise.resolve(options.choice).catch(() => undefined);
  }

  /**
   * Serves HTTP/3 for the distributions of the edge that have it, and for no other. Resolves with
   * why it does not, for people; never throws, since viewers then stay with HTTP/2.
   */
  follow(edge: Edge, place: Http3Place): Promise<string | undefined> {
    return this.inTurn(() => this.serve(edge, place));
  }

  /** Ends it. */
  close(): Promise<void> {
    return this.inTurn(() => this.stop());
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.last.then(act);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async serve(edge: Edge, place: Http3Place): Promise<string | undefined> {
    const { stateDir, onNote } = this.options;
    const { distributions, certificates } = edge.declaration;
    const offered = distributions.flatMap((d, i) =>
      hasHttp3(d) ? (certificates[i]?.certificate ?? []) : [],
    );
    if (offered.length === 0) {
      await this.end(edge);
      return undefined;
    }
    try {
      const choice = await this.options.choice;
      if (!choice) return `HTTP/3 is not served here: no Caddy. ${howToGetCaddy()}`;
      this.edgePort ??= await edge.openHttp3((request, connection) =>
        this.arrivals.accept(request, connection),
      );
      const { edgePort } = this;
      const settings = { ...place, edgePort, secret: this.arrivals.secret, certificates: offered };
      if (this.caddy) await this.caddy.renew(settings);
      else {
        const onEnd = (why: string): void => {
          this.caddy = undefined;
          edge.advertiseHttp3(undefined);
          onNote(`HTTP/3 is not served any longer: Caddy ended: ${why}`);
        };
        this.caddy = await Caddy.start(settings, { program: choice.path, stateDir, onEnd });
      }
      edge.advertiseHttp3(place.port);
      return undefined;
    } catch (error) {
      await this.end(edge);
      return `HTTP/3 is not served here: ${(error as Error).message}`;
    }
  }

  private async stop(): Promise<void> {
    await this.caddy?.close();
    this.caddy = undefined;
  }

  private async end(edge: Edge): Promise<void> {
    edge.advertiseHttp3(undefined);
    await this.stop();
  }
}
