import Foundation
import Fuzzing
import RunProfile
import Vocabulary

/// A server to be fuzzed, from the words of a command line: started where it is the bundled one.
public final class FuzzRun {
    /// What the command line says of the server.
    public struct Options: Sendable {
        /// `reference`, `reference/events`, or an address.
        public var target: String
        /// A profile that describes the server; nil for none.
        public var profile: String?
        /// Faults that the bundled server is given.
        public var faults: [Fault] = []
        /// Hosts that are named as authorised, beside the profile's own word.
        public var authorizedHosts: [String] = []
        /// Whether the server's certificate is not verified.
        public var insecure = false
        /// A PEM file of trusted authorities; nil for the system's.
        public var authorityFile: String?
        /// The executable whose `serve` starts the bundled server.
        public var executable = "/proc/self/exe"
        /// The environment that `${NAME}` is taken from.
        public var environment: [String: String] = [:]

        /// A server with nothing said beside its address.
        public init(target: String) { self.target = target }
    }

    private enum Subject {
        case reference(ReferenceTarget)
        case foreign(ForeignTarget)
    }

    private let options: Options
    private let subject: Subject

    /// Reads the profile, checks that the target is welcome, and starts the bundled server where that is it.
    ///
    /// - Throws: ``RunError``.
    public init(_ options: Options) throws(RunError) {
        self.options = options
        let profile = try Self.profile(options)
        switch profile.target.address {
        case .reference(let path):
            var reference = options.profile == nil ? ReferenceTarget.defaults : profile.reference
            reference.faults = Fault.allCases.filter { reference.faults.contains($0) || options.faults.contains($0) }
            subject = .reference(try ReferenceTarget(reference, path: path, executable: options.executable))
        case .url(let url):
            guard options.faults.isEmpty else { throw .refused("--fault is for the bundled server: reference") }
            try Self.checkWelcome(profile, url, options)
            subject = .foreign(try ForeignTarget(profile, url: url))
        }
    }

    /// The server.
    var target: any FuzzTarget {
        switch subject {
        case .reference(let target): target
        case .foreign(let target): target
        }
    }

    /// Ends the bundled server, or what started a server again.
    public func stop() {
        switch subject {
        case .reference(let target): target.stop()
        case .foreign(let target): target.stop()
        }
    }

    /// Fuzzes the server.
    ///
    /// - Parameters:
    ///   - say: takes a line that stays.
    ///   - show: takes a line about what goes on.
    /// - Throws: ``FuzzError`` and ``ReplayError``.
    public func fuzz(
        _ fuzzOptions: FuzzOptions,
        interrupts: InterruptWatch,
        say: @escaping (String) -> Void,
        show: @escaping (String) -> Void
    ) throws -> FuzzSummary {
        let fuzzer = try Fuzzer(target, name: options.target, options: fuzzOptions) { interrupts.isInterrupted }
        fuzzer.say = say
        fuzzer.show = show
        return try fuzzer.run()
    }

    /// Carries a replay file's case out.
    ///
    /// - Returns: a line for each thing that it does and should not.
    /// - Throws: ``FuzzError``.
    public func replay(_ replay: Replay, interrupts: InterruptWatch) throws(FuzzError) -> [String] {
        try Replayer(replay, target) { interrupts.isInterrupted }.run()
    }

    private static func profile(_ options: Options) throws(RunError) -> Profile {
        var text = "{}"
        if let file = options.profile {
            do {
                text = try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw .unreadable("cannot read the profile \"\(file)\": is the path right, and the file UTF-8?")
            }
        }
        var overrides = [ProfileOverride("target.url=\"\(options.target)\"")]
        if options.insecure { overrides.append(ProfileOverride("target.tls.verify=false")) }
        if let file = options.authorityFile {
            let path = URL(fileURLWithPath: file).path
            overrides.append(ProfileOverride("target.tls.ca=\"\(path)\""))
        }
        do {
            let reader = ProfileReader(environment: options.environment)
            var profile = try reader.read(
                text,
                file: options.profile ?? "fuzz",
                overrides: overrides,
                needsScenarios: false
            )
            profile.resolvePaths(beside: options.profile ?? "")
            return profile
        } catch {
            throw .profile(error)
        }
    }

    private static func checkWelcome(_ profile: Profile, _ url: TargetURL, _ options: Options) throws(RunError) {
        let actions = profile.actions
        let requests = [actions.connect, actions.subscribe, actions.unsubscribe, actions.publish, actions.health]
        let urls = [url] + requests.compactMap { if case .url(let url)? = $0?.address { url } else { nil } }
        for url in urls where !url.isLoopback && !profile.target.authorized {
            guard !options.authorizedHosts.contains(url.host) else { continue }
            throw .refused(
                """
                \(url.host) is not this machine, and nothing says that it welcomes being fuzzed. If it does, set \
                `authorized: true` under `target`, or pass --authorize \(url.host).
                """
            )
        }
    }
}
