/// The page's style sheet.
enum Style {
    /// The whole sheet.
    static var sheet: String { colours + page + judgement + tables + plots + media }
}

extension Style {
    /// The colours, light and dark; the dark ones are chosen for contrast anew, not inverted.
    static let colours = """
        :root{color-scheme:light dark;--bg:#f6f7f8;--card:#fff;--ink:#15191e;--soft:#56616d;--line:#e2e6ea;
        --grid:#dce2e7;\
        --accent:#0a6c8f;--good:#17734a;--good-bg:#e5f4ec;--bad:#b3261e;--bad-bg:#fcebe9;--warn:#8a5a00;
        --warn-bg:#fdf3dc;\
        --info:#3c5a78;--info-bg:#e9eff5;--band:#e9edf1;--band2:#f5f7f9;\
        --k1:#0a6c8f;--k2:#c2571a;--k3:#6a4fb3;--k4:#2b8a57;--k5:#b03a78;--k6:#5d6b7a;\
        --h1:#e3f0f5;--h2:#c6e1ea;--h3:#9acbdb;--h4:#60aac3;--h5:#237a9a;--h6:#0a5f80;--hi:#fff}
        @media screen and (prefers-color-scheme:dark){:root{--bg:#0e1114;--card:#161a1f;--ink:#e7ebef;--soft:#9aa6b2;
        --line:#272d34;\
        --grid:#313a44;--accent:#5cc0e0;--good:#5ad19a;--good-bg:#10291f;--bad:#ff8a7d;--bad-bg:#33171a;
        --warn:#f0bd55;\
        --warn-bg:#2d230e;--info:#a4bfda;--info-bg:#1b2733;--band:#242c35;--band2:#1a1f25;\
        --k1:#5cc0e0;--k2:#f09a5c;--k3:#b39df2;--k4:#67d19b;--k5:#ee8bbf;--k6:#a5b1bd;\
        --h1:#15262e;--h2:#17343f;--h3:#194757;--h4:#1c5d73;--h5:#1f6d87;--h6:#24809e;--hi:#fff}}

        """

    /// The page, its header, the verdict and the facts.
    static let page = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Noto Sans",sans-serif;-webkit-text-size-adjust:100%;font-variant-numeric:tabular-nums}
        .page{max-width:1160px;margin:0 auto;padding:40px 24px 56px}
        h1,h2,h3,p,ul,dl,dd,figure,pre{margin:0;padding:0}
        h1{font-size:2.3rem;line-height:1.15;letter-spacing:-.022em;font-weight:680;overflow-wrap:anywhere}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
        .brand{color:var(--accent);font-weight:650;font-size:.82rem;letter-spacing:.09em;
        text-transform:uppercase;margin-bottom:10px}
        .target{margin-top:10px;overflow-wrap:anywhere}
        .when{color:var(--soft);font-size:.92rem;margin-top:2px}
        .skip{position:absolute;left:16px;top:-60px;padding:8px 14px;border-radius:8px;background:var(--card);
        color:var(--accent);z-index:1}
        .skip:focus{top:12px}
        a:focus-visible,pre:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        .banner{display:flex;gap:18px;align-items:flex-start;margin-top:24px;padding:18px 24px;border-radius:14px}
        .banner.pass{background:var(--good-bg);color:var(--good)}
        .banner.fail{background:var(--bad-bg);color:var(--bad)}
        .banner svg{flex:none;width:44px;height:44px;border-radius:50%;background:currentColor}
        .banner path{fill:none;stroke:var(--card);stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
        .banner div{min-width:0;max-width:62rem;overflow-wrap:anywhere}
        .banner h2{font-size:1.7rem;line-height:44px;letter-spacing:-.015em;margin:0}
        .banner p{color:var(--ink)}.banner p+p{margin-top:4px}
        .facts{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:16px;margin-top:16px}
        .fact{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px 22px 20px}
        .fact h2{font-size:.86rem;font-weight:600;color:var(--soft);border:0;padding:0;margin:0}
        .fact h2::before{content:"";display:inline-block;width:9px;height:9px;border-radius:50%;
        margin-right:9px;background:var(--soft)}
        .fact.good h2::before{background:var(--good)}
        .fact.bad h2::before{background:var(--bad)}
        .fact.warning h2::before{background:var(--warn)}
        .figure{font-size:2.7rem;line-height:1.2;font-weight:640;letter-spacing:-.03em;margin:4px 0 6px}
        .figure small{margin-left:-.2rem;font-size:1rem;font-weight:400;letter-spacing:0;color:var(--soft)}
        .fact.bad .figure{color:var(--bad)}
        .fact ul{list-style:none;color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
        nav{display:flex;flex-wrap:wrap;gap:4px 20px;margin-top:28px;font-size:.9rem}
        nav a,footer a{color:var(--accent);text-decoration:none}
        nav a:hover{text-decoration:underline}
        section{margin-top:44px}
        h2{font-size:1.3rem;line-height:1.3;font-weight:650;letter-spacing:-.012em;margin-bottom:14px}
        h3{font-size:1rem;line-height:1.4;font-weight:620}
        .lead-in,.more,.empty{color:var(--soft);font-size:.92rem}
        .lead-in{margin:-8px 0 16px;max-width:60rem}
        .more{margin-top:8px}
        .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:24px 32px}
        .columns.counts{grid-template-columns:5fr 7fr 4fr}
        .columns h3,section>h3{margin:0 0 10px}
        section>h3{margin-top:24px}
        footer{margin-top:56px;padding-top:18px;border-top:1px solid var(--line);color:var(--soft);font-size:.86rem}

        """

    /// The findings.
    static let judgement = """
        .finding{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--soft);
        border-radius:12px;padding:16px 20px;margin-bottom:12px}
        .finding:has(.tag.failure){border-left-color:var(--bad)}
        .finding:has(.tag.warning){border-left-color:var(--warn)}
        .finding>p:first-child{margin-bottom:6px}
        .finding h3{overflow-wrap:anywhere}
        .finding h4{margin:12px 0 2px;font-size:.84rem;font-weight:600;color:var(--soft)}
        .finding ul{margin:0 0 0 1.1rem}
        .finding li,.finding h4+p{max-width:52rem;overflow-wrap:anywhere}
        .finding .id{color:var(--soft);margin-left:8px}
        .tag{display:inline-block;font-size:.74rem;font-weight:620;line-height:1;padding:.34em .62em;
        border-radius:99px;\
        vertical-align:.1em;background:var(--info-bg);color:var(--info);white-space:nowrap}
        .tag.failure{background:var(--bad-bg);color:var(--bad)}
        .tag.warning{background:var(--warn-bg);color:var(--warn)}

        """
}

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
