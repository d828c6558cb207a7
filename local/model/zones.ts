/** Regions and availability zones. */

/**
 * Zone names and ids as new accounts see them. Where a region is not listed, zones a, b and c map
 * to 1, 2 and 3. In real accounts the mapping differs from account to account.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
const known: Readonly<Record<string, string>> = {
  "us-east-1": "a6 b1 c2 d4 e3 f5",
  "us-west-1": "a1 c3",
  "us-west-2": "a2 b1 c3 d4",
  "ap-northeast-1": "a4 c1 d2",
  "ca-central-1": "a1 b2 d4",
  "eu-central-1": "a2 b3 c1",
  "eu-west-1": "a3 b1 c2",
};

export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** `ap-northeast-1` is written `apne1` in zone ids. */
function shortRegion(region: string): string {
  const [area = "", direction = "", digit = ""] = region.replace("us-gov", "usg").split("-");
  const compass = direction
    .replace("central", "c")
    .replace(/(north|south)?(east|west)?/, (all) =>
      all.replace("north", "n").replace("south", "s").replace("east", "e").replace("west", "w"),
    );
  return `${area}${compass}${digit}`;
}

/** Availability zones of a region, by name. */
export function zonesOf(region: string): Zone[] {
  return (known[region] ?? "a1 b2 c3").split(" ").map((pair) => ({
    name: `${region}${pair.slice(0, 1)}`,
    id: `${shortRegion(region)}-az${pair.slice(1)}`,
  }));
}

export function zoneIdOfName(name: string): string | undefined {
  return zonesOf(name.slice(0, -1)).find((zone) => zone.name === name)?.id;
}

/** Name of the zone with this id; undefined where it is none of those listed. */
export function zoneOfId(id: string, region: string): string | undefined {
  return zonesOf(region).find((zone) => zone.id === id)?.name;
}

/** Regions whose zones are listed. */
export const zonesRegions: readonly string[] = Object.keys(known);
