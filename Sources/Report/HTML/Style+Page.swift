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
