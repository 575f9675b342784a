extension Style {
    /// Tables and lists of figures.
    static let tables = """
        .scroll{position:relative;overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;
        margin-bottom:8px}
        .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.9rem}
        th,td{padding:9px 16px;text-align:left;vertical-align:baseline;border-top:1px solid var(--line)}
        thead th{border-top:0;color:var(--soft);font-weight:560;font-size:.82rem;white-space:nowrap}
        tbody th{font-weight:500;min-width:8.5rem;overflow-wrap:anywhere}
        .n{text-align:right;white-space:nowrap}
        td.none{color:var(--soft)}
        td.ok{color:var(--good);font-weight:560;white-space:nowrap}
        td.no{color:var(--bad);font-weight:600;white-space:nowrap}
        td.left{color:var(--bad);font-weight:600}
        td.zero{color:var(--soft)}
        td.class small{display:block;color:var(--soft);font-size:.84rem;margin-top:3px}
        td.wide{width:38%;min-width:90px}
        th.key,tbody th code{white-space:nowrap}
        .plots table{font-size:.86rem}.plots th,.plots td{padding-left:9px;padding-right:9px}
        .plots tr>:first-child{padding-left:16px}.plots tr>:last-child{padding-right:16px}
        .heat{border-left:2px solid var(--card)}
        .h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}.h4{background:var(--h4)}
        .h5{background:var(--h5);color:var(--hi)}.h6{background:var(--h6);color:var(--hi)}
        caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .meter{display:block;width:100%;height:8px;border-radius:4px;background:var(--band)}
        dl{display:grid;grid-template-columns:auto 1fr;font-size:.9rem;background:var(--card);
        border:1px solid var(--line);\
        border-radius:12px;padding:4px 16px}
        dt,dd{padding:7px 0;border-top:1px solid var(--line)}
        dt:first-of-type,dd:first-of-type{border-top:0}
        dt{color:var(--soft);padding-right:20px}
        dd{text-align:right;overflow-wrap:anywhere}
        pre{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px;
        white-space:pre-wrap;\
        overflow-wrap:anywhere}
        pre[tabindex]{max-height:34rem;overflow:auto;white-space:pre}
        section>h3+pre,section>h3+.plain{margin-bottom:8px}
        .plain{list-style:none;overflow-wrap:anywhere}

        """

    /// Plots.
    static let plots = """
        .plots{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}
        figure{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 20px 14px;
        min-width:0;\
        display:flex;flex-direction:column}
        figure:has(+div){align-self:start}
        figcaption h3{overflow-wrap:anywhere}
        figcaption p{color:var(--soft);font-size:.88rem;margin-bottom:12px;overflow-wrap:anywhere}
        .plot{display:block;width:100%;height:auto;margin-top:auto;touch-action:pan-y;border-radius:6px}
        .plot:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        .cursor{stroke:var(--ink);stroke-width:1;pointer-events:none}
        .value{color:var(--ink);font-size:.84rem;min-height:1.5em;margin-top:6px;overflow-wrap:anywhere}
        .plot text{font-size:11px;fill:var(--soft)}
        .lb{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
        .ly{text-anchor:end}.lx{text-anchor:middle}.end{text-anchor:end}
        .grid{stroke:var(--grid)}.axis{stroke:var(--line);stroke-width:1.2}.lead{stroke:var(--line)}
        .grid,.axis,.lead{stroke-opacity:1}
        .b0{fill:var(--band)}.b1{fill:var(--band2)}.b0,.b1{fill-opacity:1}
        .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
        .c1{stroke:var(--k1)}.c2{stroke:var(--k2)}.c3{stroke:var(--k3)}.c4{stroke:var(--k4)}
        .c5{stroke:var(--k5)}.c6{stroke:var(--k6)}
        .area{fill:var(--k1)}
        .base{stroke:var(--bad);stroke-width:1.2;stroke-dasharray:4 3}
        .bar{fill:var(--k1)}.bar.late{fill:var(--bad)}
        circle.c1{fill:var(--k1)}circle.c2{fill:var(--k2)}circle.c3{fill:var(--k3)}circle.c4{fill:var(--k4)}\
        circle.c5{fill:var(--k5)}circle.c6{fill:var(--k6)}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;font-size:.84rem;color:var(--soft);
        margin-top:6px}
        .legend .swatch,.key .swatch{vertical-align:.12em;margin-right:6px}

        """

    /// Narrow screens and paper.
    static let media = """
        @media (max-width:980px){.columns.counts{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:860px){.plots,.facts{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:640px){.page{padding:24px 16px 40px}h1{font-size:1.75rem}.banner{display:block;
        padding:14px 18px}.banner svg{float:left;width:36px;height:36px;margin:4px 12px 0 0}.banner p{clear:left}.plot text{font-size:14px}
        figure{padding:14px 12px 10px}\
        .fact{padding:14px 18px 16px}th,td{padding:8px 12px}
        tbody th code{white-space:normal}.columns,.columns.counts{grid-template-columns:minmax(0,1fr)}}
        @media print{:root{--bg:#fff}body{font-size:11pt}.page{padding:0;max-width:none}nav,.skip,.value,.cursor{display:none}\
        pre[tabindex]{max-height:none;overflow:visible;white-space:pre-wrap}
        table{font-size:8.5pt}th,td{padding:3px 7px}.n,td.ok,td.no,thead th,th.key,tbody th code{white-space:normal}
        tbody th{min-width:0}section{margin-top:24px}.plots{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}
        .facts{grid-template-columns:repeat(3,minmax(0,1fr))}.figure{font-size:1.8rem}
        .plots:has(>div){grid-template-columns:minmax(0,1fr)}dl,td.class small{font-size:8.5pt}dt,dd{padding:3px 0}
        .scroll,figure,.fact,.finding,dl,pre{border-color:#ccc}
        .lead-in,thead{break-after:avoid}tbody tr:first-child{break-before:avoid}.fact h2::before{print-color-adjust:exact}
        figure,.fact,tr,.banner{break-inside:avoid}h2,h3,h4{break-after:avoid}
        .banner,.heat,.tag,.b0,.b1,.meter,.swatch{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}}
        """
}
