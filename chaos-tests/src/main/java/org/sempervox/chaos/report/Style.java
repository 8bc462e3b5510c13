package org.sempervox.chaos.report;

/** How a page looks: light, dark and on paper. */
final class Style {
    static final String CSS = """
            :root { color-scheme: light dark;
              --paper: #ffffff; --ink: #1c2128; --soft: #57606a; --rule: #d0d7de; --tint: #f6f8fa;
              --pass: #1a7f37; --fail: #c3161c; --unknown: #8a5a00; --skipped: #6e7781;
              --connected: #4c8fd6; --placed: #bcd6f2; --one: #1f6fc4; --two: #7a4fb5; --band: #f0a33a; --alive: #6aa878; }
            @media (prefers-color-scheme: dark) { :root {
              --paper: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --rule: #30363d; --tint: #161b22;
              --pass: #3fb950; --fail: #ff7b72; --unknown: #e3b341; --skipped: #8b949e;
              --connected: #2f6fb3; --placed: #1f3f62; --one: #79b8ff; --two: #c9a2ff; --band: #b87a1e; --alive: #3f7f50; } }
            @media print { :root { color-scheme: light;
              --paper: #ffffff; --ink: #000000; --soft: #444c56; --rule: #b8c0c8; --tint: #ffffff;
              --pass: #1a7f37; --fail: #c3161c; --unknown: #8a5a00; --skipped: #6e7781;
              --connected: #4c8fd6; --placed: #bcd6f2; --one: #1f6fc4; --two: #7a4fb5; --band: #f0a33a; --alive: #6aa878; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 20px; max-width: 1060px; background: var(--paper); color: var(--ink);
              font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            a { color: inherit; } h1 { font-size: 22px; margin: 2px 0 8px; } h2 { font-size: 19px; margin: 36px 0 10px; }
            h3 { font-size: 16px; margin: 0 0 6px; }
            code, pre { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
            small, .small { font-size: 13px; color: var(--soft); }
            header { border: 1px solid var(--rule); border-left: 10px solid var(--skipped); border-radius: 6px; padding: 14px 20px;
              background: var(--tint); }
            header.pass { border-left-color: var(--pass); } header.fail { border-left-color: var(--fail); }
            header.unknown { border-left-color: var(--unknown); }
            .verdict { font-size: 44px; line-height: 1.1; font-weight: 700; margin: 0; }
            header.pass .verdict { color: var(--pass); } header.fail .verdict { color: var(--fail); }
            header.unknown .verdict { color: var(--unknown); }
            .verdict .icon { width: 40px; height: 40px; vertical-align: -5px; }
            .story { font-size: 17px; margin: 0; max-width: 60em; } .why { list-style: none; margin: 12px 0 0; padding: 0; }
            .icon { width: 16px; height: 16px; vertical-align: -3px; }
            .icon path { fill: none; stroke: var(--paper); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
            .icon.pass circle { fill: var(--pass); } .icon.fail circle { fill: var(--fail); }
            .icon.unknown circle { fill: var(--unknown); } .icon.skipped circle { fill: var(--skipped); }
            .tiles { display: grid; grid-template-columns: repeat(5, 1fr); gap: 10px; margin: 14px 0; }
            .tiles div { border: 1px solid var(--rule); border-radius: 6px; padding: 8px 12px; display: flex; flex-direction: column; }
            .tiles b { font-size: 24px; line-height: 1.2; } .tiles > .fail b, td.fail { color: var(--fail); font-weight: 700; }
            .tiles > .fail { border: 2px solid var(--fail); }
            .facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
            dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
            th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-bottom: 1px solid var(--rule); }
            thead th { color: var(--soft); font-weight: 600; font-size: 13px; vertical-align: bottom; } tbody th { font-weight: 600; min-width: 3em; }
            .phases tbody th { min-width: 14em; }
            .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } .group { text-align: center; }
            thead th.n { white-space: normal; }
            tr.total > * { border-top: 2px solid var(--soft); font-weight: 600; } tbody th small { display: block; font-weight: 400; }
            .checks td:first-child { white-space: nowrap; font-weight: 600; width: 8.5em; } .checks td:last-child { width: 34%; }
            .checks code { color: var(--soft); white-space: nowrap; } .checks ul { margin: 6px 0; padding-left: 20px; }
            .checks li { overflow-wrap: anywhere; } tr.fail td:first-child { color: var(--fail); }
            tr.pass td:first-child { color: var(--pass); } tr.unknown td:first-child { color: var(--unknown); }
            tr.skipped td:first-child, tr.meanwhile td { color: var(--soft); } tr.meanwhile td:last-child { font-style: italic; }
            .figure { display: inline-block; margin-right: 14px; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
            .figure b { color: var(--ink); font-weight: 600; }
            .lines td { padding: 3px 10px; overflow-wrap: anywhere; } .lines .fail td { color: var(--fail); }
            details { margin: 10px 0; } summary { cursor: pointer; font-weight: 600; }
            .look { border: 1px solid var(--rule); border-radius: 6px; padding: 12px 16px; margin: 12px 0; }
            .look p { margin: 6px 0; max-width: 60em; }
            pre { background: var(--tint); border: 1px solid var(--rule); border-radius: 6px; padding: 10px 12px; margin: 8px 0;
              white-space: pre-wrap; overflow-wrap: anywhere; }
            figure { margin: 0; } .plot { width: 100%; height: auto; display: block; }
            .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0 14px; font-size: 13px; color: var(--soft); }
            .legend span { display: inline-flex; align-items: center; gap: 6px; }
            svg text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--soft); }
            svg text.fault { fill: var(--ink); font-weight: 600; } svg text.bad { fill: var(--fail); font-weight: 600; }
            svg text.limit { fill: var(--fail); }
            .grid { stroke: var(--rule); stroke-width: 1; stroke-opacity: .7; } .base { stroke: var(--soft); stroke-width: 1; }
            .limit { stroke: var(--fail); stroke-width: 1.5; stroke-dasharray: 7 4; } text.limit { stroke: none; }
            .ends { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; } .blow { stroke: var(--band); stroke-width: 2; }
            .band { fill: var(--band); fill-opacity: .42; } .after { fill: var(--band); fill-opacity: .17; }
            .connected { fill: var(--connected); fill-opacity: .85; } .placed { fill: var(--placed); }
            .alive { fill: var(--alive); } .event { fill: var(--ink); stroke: var(--paper); stroke-width: .8; }
            .one { fill: var(--one); fill-opacity: .8; } .two { fill: var(--two); fill-opacity: .8; }
            .bad { fill: var(--fail); } .stroked { fill: none; stroke-width: 2.6; stroke-linecap: round; }
            .bad.stroked { stroke: var(--fail); } .event.stroked { stroke: var(--ink); }
            .swatch { flex: none; }
            @media print { @page { margin: 12mm; }
              body { padding: 0; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
              figure, section, tr, header, .tiles { break-inside: avoid; } h2 { break-after: avoid; margin-top: 22px; }
              h1 { font-size: 17px; } .story { font-size: 13px; } .verdict { font-size: 32px; } .tiles b { font-size: 17px; }
              code, pre, small, .small, .figure, .legend, thead th { font-size: 10px; } th, td { padding: 3px 5px; }
              .wide { overflow: visible; } .phases tbody th { min-width: 8em; } .icon { width: 12px; height: 12px; } }
            @media (max-width: 700px) { .tiles { grid-template-columns: repeat(2, 1fr); } .checks td:last-child { width: auto; } }
            """;

    private Style() {}
}
