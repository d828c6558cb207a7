/** Colours of a picture, for light and dark mode; the fonts are the reader's own. */
export const style = `
  .hw { --paper: #ffffff; --ink: #1b2330; --soft: #5b6675; --line: #b7c0cc; --card: #f5f7fa;
        --good: #17733a; --plain: #9a5b00; --bad: #c4232b; --guard: #3b6fb6; --edge: #46525f; }
  @media (prefers-color-scheme: dark) {
    .hw { --paper: #12161c; --ink: #e8edf3; --soft: #a3afbd; --line: #475362; --card: #1d242d;
          --good: #5fd18a; --plain: #f0b35a; --bad: #ff7b7f; --guard: #86b4f2; --edge: #b5c0cc; }
  }
  .hw text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
        font-size: 12px; fill: var(--ink); }
  .hw .paper { fill: var(--paper); }
  .hw .heading { font-size: 18px; font-weight: 600; }
  .hw .title { font-size: 15px; font-weight: 600; }
  .hw .name, .hw .soft, .hw .detail { fill: var(--soft); }
  .hw .name { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  .hw .card { fill: var(--card); stroke: var(--line); stroke-width: 1.2; }
  .hw .guard { fill: none; stroke: var(--guard); stroke-width: 1.4; stroke-dasharray: 5 4; }
  .hw .guarded { fill: var(--guard); }
  .hw .flow { fill: none; stroke: var(--edge); stroke-width: 1.8; }
  .hw .tip { fill: var(--edge); }
  .hw .broken { stroke: var(--bad); stroke-width: 2.6; }
  .hw .badText, .hw .badTip { fill: var(--bad); }
  .hw .badText { font-weight: 600; }
  .hw .refused { fill: none; stroke: var(--bad); stroke-width: 1.6; stroke-dasharray: 3 4; }
  .hw .cross { fill: none; stroke: var(--bad); stroke-width: 2.4; stroke-linecap: round; }
  .hw .lock { fill: var(--good); } .hw .lockLine { stroke: var(--good); }
  .hw .open { fill: var(--plain); } .hw .openLine { stroke: var(--plain); }
  .hw .shackle { fill: none; stroke-width: 1.7; }
  .hw .protocol { font-weight: 600; }
`;
