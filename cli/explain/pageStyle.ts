/** How the page looks: on a phone as on a screen, light as dark, in one language at a time. */
export const style = `
  :root { color-scheme: light dark; --text: #1c2733; --dim: #566370; --back: #ffffff; --line: #dfe4e8;
    --card: #eef6f5; --accent: #0a6a65; --bad: #b3261e }
  @media (prefers-color-scheme: dark) {
    :root { --text: #e6ebf0; --dim: #9aa7b4; --back: #14191f; --line: #2b343d;
      --card: #16302e; --accent: #55d3c8; --bad: #ff9d94 }
  }
  * { box-sizing: border-box }
  body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.6 system-ui, sans-serif }
  .language { max-width: 60rem; margin: 0 auto; padding: 0 1rem 2rem }
  .language ~ .language { display: none }
  .language:target, .language:has(:target) { display: block }
  body:has(.language ~ .language:target, .language ~ .language :target) .language:first-child { display: none }
  header { display: flex; justify-content: space-between; gap: 1rem; padding: .75rem 0; color: var(--dim) }
  header p { margin: 0; font-weight: 600 }
  h1 { font-size: clamp(1.3rem, 1rem + 1.6vw, 1.75rem); line-height: 1.3; margin: .5rem 0; text-wrap: balance }
  h1:lang(ja) { text-wrap: wrap; word-break: auto-phrase }
  h2 { font-size: 1.15rem; margin: 2rem 0 .25rem } h3 { font-size: 1.05rem; margin: 0 }
  h4 { font-size: 1rem; margin: .75rem 0 .25rem }
  p { margin: .4rem 0 } ul { margin: 0; padding-left: 1.25rem } li { margin: .25rem 0 }
  a { color: var(--accent); text-underline-offset: .15em }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
  .status { color: var(--bad); font-variant-numeric: tabular-nums }
  .dim, footer, th { color: var(--dim) }
  .first { margin: 1rem 0; padding: .75rem 1rem; background: var(--card); border-left: 4px solid var(--accent);
    border-radius: .3rem; border-top: 0 }
  .first h2 { margin: 0 } .first p:nth-of-type(1) { font-size: 1.05rem }
  .plot { display: block; overflow: visible; width: calc(100% - 4.5rem); margin: 1rem 1rem .5rem 3.5rem }
  .plot text { fill: var(--dim); font-size: .8125rem } .grid { stroke: var(--line) }
  .legend { list-style: none; padding: 0 } .legend li { display: flex; gap: .5rem; align-items: baseline }
  .legend svg { flex: none } .legend .dim { margin-left: auto; white-space: nowrap }
  .legend .status { color: inherit }
  section { border-top: 1px solid var(--line); padding: 1rem 0; overflow-wrap: anywhere }
  table { border-spacing: 0; margin: .75rem 0 } tbody + tbody tr:first-child > * { padding-top: .5rem }
  th, td { padding: 0 1rem 0 0; vertical-align: top; text-align: left; font-weight: 400 }
  th { white-space: nowrap } td.n { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums }
  code { font-size: .9em } pre { margin: 0; white-space: pre-wrap; font-size: .8rem; color: var(--dim) }
  footer { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .5rem }`;
