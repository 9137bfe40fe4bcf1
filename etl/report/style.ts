// The style sheet: light and dark, for phones, wide screens and paper (always light).
import { Html } from "./html.ts";

export const LIGHT = `
--paper: #f8f7f4; --card: #ffffff; --ink: #1c2226; --muted: #586269; --rule: #e3e0d9;
--key: #f1f0ec; --accent: #0d6c67; --accent-soft: #dcebe9; --quiet: #9aa6ad; --on-fill: #ffffff;
--public: #2b6a4d; --personal: #835000; --sensitive: #a61b2b;
--public-fill: #2b6a4d; --personal-fill: #8a5300; --sensitive-fill: #a61b2b;
--edge: rgb(28 34 38 / 14%); --shadow: 0 1px 2px rgb(28 34 38 / 5%), 0 4px 16px rgb(28 34 38 / 4%);`;

const DARK = `
--paper: #121617; --card: #1a1f21; --ink: #e8ebeb; --muted: #a0abb0; --rule: #2d3437;
--key: #22282b; --accent: #5cc9be; --accent-soft: #1d3c3a; --quiet: #6c797f; --on-fill: #ffffff;
--public: #86cfa9; --personal: #e3b566; --sensitive: #f5959f;
--public-fill: #25573f; --personal-fill: #6d4408; --sensitive-fill: #86202d; --edge: rgb(0 0 0 / 60%); --shadow: none;`;

export const STYLE = new Html(
  `:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
*, *::before, *::after { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 400 1rem/1.55 Inter, "Helvetica Neue", "Segoe UI", system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
h1, h2, h3 { line-height: 1.15; letter-spacing: -0.02em; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(2rem, 1.3rem + 2.6vw, 3.25rem); margin: 0.25rem 0 0.75rem;
  font-variant-numeric: normal; }
h2 { font-size: 1.625rem; margin: 0 0 1.25rem; }
h3 { font-size: 1.0625rem; margin: 0; letter-spacing: -0.01em; }
p { margin: 0 0 1rem; max-width: 68ch; }
a { color: var(--accent); text-underline-offset: 0.2em; }
code { font: 0.9em/1.4 ui-monospace, "SF Mono", "Cascadia Code", Consolas, "Liberation Mono", monospace; }
small { display: block; font-size: 0.8125rem; line-height: 1.4; color: var(--muted); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.quiet { color: var(--muted); }
.skip { position: absolute; left: -999rem; background: var(--card); padding: 0.5rem 1rem; z-index: 2; }
.skip:focus { left: 1rem; top: 1rem; }
.page { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
section { padding-top: 3.5rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 1rem 1.25rem;
  border-bottom: 1px solid var(--rule); font-size: 0.9375rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
nav a { color: var(--muted); text-decoration: none; padding: 0.125rem 0; display: inline-block; }
nav a:hover { color: var(--accent); }
nav .brand { color: var(--ink); font-weight: 700; letter-spacing: -0.02em; }
.hero { padding-top: 3rem; }
.eyebrow { color: var(--accent); font-weight: 600; font-size: 0.875rem; margin: 0; }
.lead { font-size: 1.125rem; color: var(--muted); }
.stats { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1px;
  margin: 2rem 0 0; background: var(--rule); border: 1px solid var(--rule); border-radius: 12px;
  overflow: hidden; }
.stats div { background: var(--card); padding: 1rem 1.125rem; display: flex;
  flex-direction: column-reverse; justify-content: flex-end; }
.stats dd { margin: 0; font-size: 1.5rem; font-weight: 650; letter-spacing: -0.02em; }
.stats dt { color: var(--muted); font-size: 0.8125rem; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 12px;
  box-shadow: var(--shadow); padding: 1.25rem; margin: 0 0 1.25rem; min-width: 0; }
footer { margin-top: 4rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
footer p { color: var(--muted); font-size: 0.875rem; max-width: none; }
@media (min-width: 84rem) {
  body { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); }
  nav { display: block; position: sticky; top: 0; height: 100vh; padding: 3.25rem 1.25rem 1rem 2rem;
    border: 0; border-right: 1px solid var(--rule); }
  nav ul { display: block; margin-top: 1.5rem; }
  nav li { margin: 0.375rem 0; }
  .page { width: 100%; padding: 0 2.5rem 4rem; }
}
.figures { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
.figures .card { display: flex; flex-direction: column; margin: 0; }
figcaption p { color: var(--muted); font-size: 0.875rem; margin: 0.375rem 0 1rem; }
.plot { display: block; width: 100%; max-width: 26rem; height: auto; margin: auto auto 0;
  font-family: inherit; color: var(--muted); overflow: visible; }
.figures details { margin-top: 1rem; border-top: 1px solid var(--rule); padding-top: 0.75rem; }
summary { cursor: pointer; font-size: 0.875rem; color: var(--accent); font-weight: 500; width: fit-content; }
details[open] > summary { margin-bottom: 0.75rem; }
.figures .scroll { max-height: 20rem; overflow-y: auto; margin: 0; }
.erd { display: block; width: 100%; min-width: 44rem; max-width: 62rem; height: auto; margin: 0 auto; }
.erd + figcaption, .scroll + figcaption p { margin: 1rem 0 0; }
.scroll { overflow-x: auto; position: relative; margin: 0 0 1.25rem; --under: var(--paper);
  background: linear-gradient(to right, var(--under) 40%, transparent) 0 0 / 2.5rem 100%,
    linear-gradient(to left, var(--under) 40%, transparent) 100% 0 / 2.5rem 100%,
    linear-gradient(to right, var(--edge), transparent) 0 0 / 0.75rem 100%,
    linear-gradient(to left, var(--edge), transparent) 100% 0 / 0.75rem 100%;
  background-repeat: no-repeat; background-attachment: local, local, scroll, scroll; }
.card .scroll, .table .scroll { --under: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.45; }
caption { text-align: left; color: var(--muted); font-size: 0.8125rem; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5625rem 0.75rem; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 500; color: var(--muted); font-size: 0.8125rem; white-space: nowrap; }
tbody th { font-weight: 500; }
tbody tr:last-child > * { border-bottom: 0; }
.num { text-align: right; white-space: nowrap; }
.small { font-size: 0.8125rem; }
.requests td { min-width: 14rem; }
.hash { font-size: 0.75rem; color: var(--muted); }
.table { background: var(--card); border: 1px solid var(--rule); border-radius: 12px;
  box-shadow: var(--shadow); padding: 1.5rem; margin-bottom: 1.25rem; }
.table header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin-bottom: 0.375rem; }
.table h3 { font-size: 1.25rem; }
.table .meta { margin: 0 0 0 auto; color: var(--muted); font-size: 0.875rem; }
.table .scroll:last-child { margin-bottom: 0; }
.badge { font-size: 0.75rem; font-weight: 600; line-height: 1; padding: 0.25rem 0.5rem; border-radius: 99px;
  border: 1px solid; white-space: nowrap; display: inline-block; }
.badge.public { color: var(--public); } .badge.personal { color: var(--personal); }
.badge.sensitive { color: var(--sensitive); }
.key { font-size: 0.6875rem; font-weight: 600; color: var(--muted); background: var(--key);
  padding: 0.125rem 0.375rem; border-radius: 4px; white-space: nowrap; }
.profile { min-width: 62rem; }
.profile th[scope=row] { width: 17rem; }
.profile th small { font-weight: 400; margin-top: 0.125rem; }
.profile td:last-child { width: 17rem; }
.top { list-style: none; margin: 0; padding: 0; }
.top li { display: flex; justify-content: space-between; gap: 0.75rem; padding: 0.0625rem 0.375rem;
  margin-bottom: 2px; border-radius: 3px; white-space: pre; font-size: 0.8125rem;
  background: linear-gradient(var(--accent-soft) 0 0) no-repeat 0 0 / var(--share) 100%; }
.shapes span:first-child, .preview .personal { font-family: ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; }
.top span:first-child { overflow: hidden; text-overflow: ellipsis; }
.top .share { color: var(--muted); }
.strip { letter-spacing: 0.2em; white-space: nowrap; }
.verdicts { min-width: 44rem; } .verdicts .passed { color: var(--public); }
.verdicts .failed, .verdicts .broken { color: var(--sensitive); font-weight: 600; }
.verdicts .skipped { color: var(--muted); }
section > h3 { margin: 0 0 0.5rem; }
.preview { font-size: 0.8125rem; }
.preview td { white-space: pre; }
.preview.wide { min-width: 46rem; table-layout: fixed; }
.preview.wide td { white-space: pre-wrap; overflow-wrap: anywhere; }
.preview .personal { color: var(--muted); font-size: 0.75rem; }
.preview .sensitive { color: var(--muted); font-style: italic; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (max-width: 40rem) {
  .page { padding: 0 1rem 3rem; } .table { padding: 1.125rem 1rem; } .table .meta { margin-left: 0; width: 100%; }
  .profile { min-width: 54rem; } .profile th[scope=row] { width: 11.5rem; }
  section { padding-top: 2.5rem; } .hero { padding-top: 2rem; }
}
@media print {
  @page { margin: 15mm; }
  nav, .skip { display: none; }
  body { display: block; background: none; font-size: 10pt; }
  .page { max-width: none; padding: 0; }
  .card, .table, .stats { box-shadow: none; break-inside: avoid; }
  .table { break-inside: auto; } tr, h2, h3 { break-inside: avoid; } h2, h3, .table header { break-after: avoid; }
  .scroll, .figures .scroll { overflow: visible; max-height: none; background: none; }
  .figures { grid-template-columns: 1fr 1fr; } .plot { max-width: 13.5rem; } .figures details { display: none; }
  .profile, .preview.wide { min-width: 0; } table { font-size: 7.5pt; } .profile th[scope=row], .profile td:last-child { width: auto; }
  .preview td { white-space: normal; overflow-wrap: anywhere; } .hash { overflow-wrap: anywhere; }
  .erd { min-width: 0; } .top li { white-space: normal; overflow-wrap: anywhere; print-color-adjust: exact; }
}
`,
);
