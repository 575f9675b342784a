// swift-tools-version: 6.2
import PackageDescription

// The rooms, from the lowest up; a room imports only rooms above it in this list.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "hydrotest",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "hydrotest", targets: ["hydrotest"]),
        .library(name: "HydrotestKit", targets: ["HydrotestKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // System libraries and what Glibc's module map leaves out.
        .target(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        room("Vocabulary"),
        room("EventLoop", ["CLinux"]),
        room("EventStream", ["CZlib"]),
        room("HTTP", ["EventStream"]),
        room("RunProfile", ["Vocabulary", .product(name: "Yams", package: "Yams")]),
        room("Transport", ["Vocabulary", "EventLoop", "CLinux", "COpenSSL"]),
        room("Record", ["Vocabulary", .product(name: "Histogram", package: "hdrhistogram-swift")]),
        room("Load", ["Vocabulary", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop"]),
        room(
            "Probe",
            [
                "Vocabulary", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop", "CLinux",
                "COpenSSL",
            ]
        ),
        room("Verdict", ["Vocabulary", "RunProfile", "Record"]),
        room("Comparison", ["Vocabulary", "RunProfile", "Record", "Verdict"]),
        room("Report", ["Vocabulary", "RunProfile", "Record", "Verdict", "Comparison", "EventStream", "EventLoop"]),
        room("Journal", ["Vocabulary", "RunProfile", "Record", "EventStream", "EventLoop"]),
        room("Schema", ["Vocabulary", "RunProfile", "Record", "Verdict", "Report"]),
        room("Conformance", ["Vocabulary", "Transport", "HTTP", "EventStream", "EventLoop"]),
        room(
            "ReferenceServer",
            [
                "Vocabulary", "Transport", "HTTP", "EventStream", "EventLoop",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        room(
            "Fuzzing",
            ["Vocabulary", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop", "Probe", "Verdict"]
        ),
        room(
            "HydrotestKit",
            [
                "Vocabulary", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop",
                "Load", "Probe", "Verdict", "Report", "Journal", "ReferenceServer", "Fuzzing", "CLinux",
            ]
        ),
        .executableTarget(
            name: "hydrotest",
            dependencies: [
                "HydrotestKit", "Conformance", "Fuzzing", "ReferenceServer", "Schema", "Report", "Comparison",
                "RunProfile", "HTTP", "EventStream", "EventLoop", "Vocabulary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // What the benchmark measures the load generator against.
        .executableTarget(name: "BareClient", dependencies: ["COpenSSL"], path: "Tests/Benchmarks/BareClient"),
        // The journal of a day, in minutes.
        .executableTarget(
            name: "SoakSimulation",
            dependencies: ["Journal", "RunProfile", "Record", "Vocabulary"],
            path: "Tests/Benchmarks/SoakSimulation",
            swiftSettings: strict
        ),
        // A server whose every byte a test decides.
        .target(
            name: "ScriptedServer",
            dependencies: ["EventLoop", "Transport"],
            path: "Tests/ScriptedServer",
            swiftSettings: strict
        ),

        // Which tests run at once, on threads of their own.
        .target(name: "TestTurns", path: "Tests/TestTurns", swiftSettings: strict),

        // Drives the parsers of EventStream and HTTP over inputs cut anywhere.
        .target(
            name: "ParserReadings",
            dependencies: ["HTTP", "EventStream", "Vocabulary"],
            path: "Tests/ParserReadings",
            swiftSettings: strict
        ),

        tests("VocabularyTests", ["Vocabulary"]),
        tests("EventLoopTests", ["EventLoop", "CLinux", "Vocabulary", "TestTurns"]),
        tests("EventStreamTests", ["EventStream", "ParserReadings", "Vocabulary"]),
        tests("HTTPTests", ["HTTP", "EventStream", "ParserReadings", "Vocabulary"]),
        tests("RunProfileTests", ["RunProfile", "Vocabulary"]),
        tests("TransportTests", ["Transport", "EventLoop", "Vocabulary", "COpenSSL", "TestTurns"]),
        tests("RecordTests", ["Record", "Vocabulary"]),
        tests(
            "LoadTests",
            [
                "Load", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop", "Vocabulary",
                "ReferenceServer",
                "ScriptedServer", "TestTurns",
            ]
        ),
        tests(
            "ProbeTests",
            [
                "Probe", "RunProfile", "Record", "Transport", "HTTP", "EventStream", "EventLoop", "Vocabulary",
                "TestTurns",
            ]
        ),
        tests("VerdictTests", ["Verdict", "RunProfile", "Record", "Vocabulary"]),
        tests(
            "FuzzingTests",
            ["Fuzzing", "Verdict", "Transport", "EventStream", "EventLoop", "Probe", "RunProfile", "Vocabulary"]
        ),
        tests("JournalTests", ["Journal", "RunProfile", "Record", "EventStream", "EventLoop", "Vocabulary"]),
        tests("ComparisonTests", ["Comparison", "Verdict", "Record", "Vocabulary"]),
        tests("ReportTests", ["Report", "Comparison", "Verdict", "Record", "EventStream", "Vocabulary", "TestTurns"]),
        tests("SchemaTests", ["Schema", "Report", "Verdict", "Record", "RunProfile", "Vocabulary"]),
        tests(
            "ConformanceTests",
            [
                "Conformance", "Transport", "HTTP", "EventStream", "EventLoop", "Vocabulary", "ScriptedServer",
                "TestTurns",
            ]
        ),
        tests(
            "ReferenceServerTests",
            ["ReferenceServer", "Transport", "HTTP", "EventStream", "EventLoop", "Vocabulary", "TestTurns"]
        ),
        tests(
            "HydrotestKitTests",
            [
                "HydrotestKit", "RunProfile", "Record", "Load", "Probe", "Verdict", "Report", "Journal", "HTTP",
                "EventStream",
                "EventLoop",
                "Transport", "ReferenceServer", "Vocabulary", "ScriptedServer", "TestTurns",
            ]
        ),
        // Against real servers and clients, through the built command.
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["EventStream", "EventLoop", "Vocabulary", "TestTurns"],
            exclude: ["Servers"],
            swiftSettings: strict
        ),
    ]
)

// What libFuzzer drives. Its main function comes with the sanitizer, so that no other build can link it.
if Context.environment["HYDROTEST_FUZZ_TARGETS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzTargets",
            dependencies: [
                "HTTP", "EventStream", "ParserReadings", "RunProfile", "Report", "Record", "Verdict", "Vocabulary",
            ],
            path: "Tests/FuzzTargets",
            exclude: ["Corpora", "run"],
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]
        )
    )
}
