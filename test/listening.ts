import { readFileSync } from "node:fs";

/**
 * The sockets that listen on IPv4 addresses, by the number that the kernel gives each: a socket that
 * is opened on the same port later has another. Linux only.
 */
export function listening(places: readonly (readonly [address: string, port: number])[]): string[] {
  const wanted = new Set(places.map(([address, port]) => inTable(address, port)));
  const [, ...rows] = readFileSync("/proc/net/tcp", "utf8").trim().split("\n");
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local = "", , state]) => state === "0A" && wanted.has(local))
    .map((columns) => columns[9] ?? "");
}

/** `127.0.0.1`, 8080 as the kernel's table has it: `0100007F:1F90`. */
function inTable(address: string, port: number): string {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, "0");
  const numbers = address.split(".").map((part) => hex(Number(part), 2));
  return `${numbers.reverse().join("")}:${hex(port, 4)}`;
}
