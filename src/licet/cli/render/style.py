"""The style sheet of the HTML answer: light and dark, phone and paper; nothing is fetched."""

CSS = """
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #565d66; --paper: #ffffff; --panel: #f5f6f8; --edge: #d6dae0;
  --clear: #14663a; --caution: #8a5200; --stop: #a3161f; --open: #5b3a9e; --accent: #1f4f8f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a7aeb8; --paper: #14171b; --panel: #1e2227; --edge: #383e46;
  --clear: #6fd39b; --caution: #f0b35a; --stop: #ff8a8a; --open: #c3a6ff; --accent: #8fb8f2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
article + article { border-top: 3px double var(--edge); margin-top: 3rem; padding-top: 1.5rem; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--edge); }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; color: var(--soft); }
p { margin: .25rem 0; }
a { color: var(--accent); }
.day, .cite, .more, footer { color: var(--soft); }
.cite, .more, footer, caption { font-size: .875rem; }
code { font: .8125rem/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; color: var(--soft); }
.outcome { margin: 1rem 0 1.25rem; padding: .8rem 1rem; background: var(--panel); border-left: .4rem solid currentColor; border-radius: .25rem; }
.outcome strong { display: block; font-size: 1.35rem; line-height: 1.3; }
.outcome span { color: var(--ink); }
.clear { color: var(--clear); } .caution { color: var(--caution); } .stop { color: var(--stop); } .open { color: var(--open); }
.badge { font-weight: 600; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--edge); }
th { font-size: .875rem; color: var(--soft); font-weight: 600; }
tbody th { color: inherit; font-size: 1rem; }
.point { margin: .5rem 0 .9rem; padding-left: .75rem; border-left: 3px solid var(--edge); }
.point.unknown { border-left-style: dashed; }
.point .lead { font-weight: 600; }
.point ul { margin: .25rem 0; padding-left: 1.1rem; }
.point li { margin: .1rem 0; }
details > summary { cursor: pointer; color: var(--accent); padding: .2rem 0; }
.figure { margin: .75rem 0 1.25rem; }
.figure svg { display: block; width: 100%; height: auto; max-width: 44rem; }
.figure p strong { font-weight: 600; }
.proof ul { list-style: none; margin: 0; padding-left: 1.1rem; border-left: 1px solid var(--edge); }
.proof > ul { padding-left: 0; border-left: 0; }
.proof li { margin: .15rem 0; overflow-wrap: anywhere; }
.proof summary { color: inherit; }
.proof .mark { font-weight: 700; display: inline-block; min-width: 1.1rem; }
.yes > .mark, .yes > details > summary > .mark { color: var(--clear); }
.no > .mark, .no > details > summary > .mark { color: var(--stop); }
.unknown > .mark, .unknown > details > summary > .mark { color: var(--open); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 2rem; border-top: 1px solid var(--edge); padding-top: .75rem; }
svg text { fill: var(--ink); font-size: 12px; }
svg .soft { fill: var(--soft); } svg .axis { stroke: var(--edge); stroke-width: 2; } svg .line { stroke: var(--caution); stroke-width: 2; }
svg .other { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; } svg .value { fill: var(--accent); stroke: var(--accent); }
@media (max-width: 40rem) { main { padding: 1rem .9rem 2rem; } .stack thead { display: none; }
  .stack tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--edge); }
  .stack td, .stack tbody th { display: block; border: 0; padding: .1rem 0; }
  .stack td[data-head]:not(:empty)::before { content: attr(data-head) ": "; color: var(--soft); font-size: .875rem; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --panel: #f2f2f2; --edge: #bbb; --clear: #14663a;
  --caution: #8a5200; --stop: #a3161f; --open: #5b3a9e; --accent: #1f4f8f; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2, h3, summary { break-after: avoid; }
  .point, tr, .figure { break-inside: avoid; } details::details-content { content-visibility: visible; display: block; height: auto; opacity: 1; }
  @page { margin: 18mm 16mm; } }
"""
