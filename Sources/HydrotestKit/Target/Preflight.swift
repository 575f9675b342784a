import EventLoop
import Foundation
import Glibc
import Load
import RunProfile
import Vocabulary

/// Looks before the first connection whether the machine allows what the profile asks for.
struct Preflight {
    /// Descriptors kept for everything but connections: loops, probes, files, the runtime's own.
    static let reservedDescriptors = 96
    /// What a plain connection takes, most of it the kernel's, in bytes.
    static let plainConnectionBytes = 6 << 10
    /// What a TLS connection takes, most of it OpenSSL's, in bytes.
    static let tlsConnectionBytes = 32 << 10
    /// How long a connection is taken to live beside its hold, delay or wait, in ns.
    static let grace: Nanoseconds = 1 * .perSecond

    /// The most descriptors this process may open; raised as far as the system allows.
    let descriptorLimit: Int

    /// The memory that can be had, in bytes; nil where the system does not say.
    let memory: Int?

    init() {
        descriptorLimit = DescriptorLimit.raise()
        memory = MemoryLimit.available()
    }

    init(descriptorLimit: Int, memory: Int?) {
        self.descriptorLimit = descriptorLimit
        self.memory = memory
    }

    /// The most connections that a scenario has at once, if none lives longer than it is taken to.
    ///
    /// Connections that keep a number alive are never more than that number; of others no more are there than start
    /// within a lifetime.
    static func concurrency(_ scenario: Scenario) -> Int {
        if case .keep(let kept, _) = scenario.arrival { return min(kept, scenario.connections) }
        var lifetime = grace + (scenario.hold ?? 0)
        if let drop = scenario.drop {
            lifetime += drop.delay.upperBound
            // Until its event comes.
            if drop.events != nil { lifetime += scenario.timeout }
            if drop.manners.contains(where: { $0 == .halfClose || $0 == .stall }) { lifetime += drop.wait }
        }
        return ArrivalSchedule(scenario.arrival, connections: scenario.connections).most(within: lifetime)
    }

    /// Checks descriptors and capabilities.
    ///
    /// - Throws: ``RunError/refused(_:)`` with the number that fits.
    func check(_ profile: Profile) throws(RunError) {
        let needed = profile.scenarios.reduce(0) { $0 + Self.concurrency($1) }
        let fitting = descriptorLimit - Self.reservedDescriptors
        let advice = profile.capacity == nil ? "`connections`, `hold` or the arrival rate" : "`capacity.to`"
        guard needed <= fitting else {
            throw .refused(
                """
                too few descriptors: the scenarios hold up to \(NumberText.grouped(needed)) connections at once, but this \
                process may open \(NumberText.grouped(descriptorLimit)) descriptors; \(NumberText.grouped(max(0, fitting))) \
                connections fit. Lower \(advice), or raise the limit (ulimit -n \
                \(needed + Self.reservedDescriptors)).
                """
            )
        }
        try checkMemory(profile)
        let manners = profile.scenarios.flatMap { $0.drop?.manners ?? [] }
        let returning = profile.scenarios.compactMap { $0.reconnect?.drop?.manner }
        if (manners + returning).contains(.vanish) { try Self.checkVanish() }
    }

    /// What the connections at once take of this machine's memory, on this side of their sockets only.
    private func checkMemory(_ profile: Profile) throws(RunError) {
        guard let memory else { return }
        let needs = profile.scenarios.map { scenario in
            (
                count: Self.concurrency(scenario),
                bytes: Self.usesTLS(scenario, profile) ? Self.tlsConnectionBytes : Self.plainConnectionBytes
            )
        }
        let needed = needs.reduce(0) { $0 + $1.count * $1.bytes }
        guard needed > memory else { return }
        let count = needs.reduce(0) { $0 + $1.count }
        let fitting = Int(Double(count) * Double(memory) / Double(needed))
        throw .refused(
            """
            too little memory: \(NumberText.grouped(count)) connections at once take about \(NumberText.bytes(Double(needed))), but \
            \(NumberText.bytes(Double(memory))) can be had; \(NumberText.grouped(fitting)) connections fit. Lower \
            `connections`, `hold` or the arrival rate, or give the machine or its container more memory.
            """
        )
    }

    /// Whether a scenario's connections are TLS ones.
    static func usesTLS(_ scenario: Scenario, _ profile: Profile) -> Bool {
        if let url = scenario.url { return url.tls }
        return switch profile.target.address {
        case .reference: scenario.transport == .tls
        case .url(let url): url.tls
        }
    }

    /// Checks that the process may make sockets vanish.
    ///
    /// - Throws: ``RunError/refused(_:)`` with what gives the capability.
    static func checkVanish() throws(RunError) {
        do throws(SystemError) {
            let descriptor = try Socket.open(family: AF_INET)
            defer { Socket.close(descriptor) }
            try Socket.vanishOnClose(descriptor)
        } catch {
            throw .refused(
                """
                the manner `vanish` needs the capability CAP_NET_ADMIN (TCP_REPAIR answered \(error.name)); run as root, \
                give it with `setcap cap_net_admin+ep`, or leave `vanish` out of the manners
                """
            )
        }
    }
}

/// How much memory connections may take on this machine.
enum MemoryLimit {
    /// The memory that can still be had, in bytes: the machine's, or the control group's where that is less; nil where
    /// the system does not say.
    static func available() -> Int? {
        let machine = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)).flatMap(availableOfMachine)
        let group = groupLimit(
            limit: try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8),
            used: try? String(contentsOfFile: "/sys/fs/cgroup/memory.current", encoding: .utf8)
        )
        return [machine, group].compactMap(\.self).min()
    }

    /// What the text of `/proc/meminfo` says is available, in bytes (proc_meminfo(5)).
    static func availableOfMachine(_ text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[2] == "kB", let count = Int(words[1]) else { return nil }
            return count.multipliedReportingOverflow(by: 1024).partialValue
        }
        return nil
    }

    /// What is left of a control group's memory, in bytes (Linux, cgroup-v2: `memory.max`, `memory.current`).
    static func groupLimit(limit: String?, used: String?) -> Int? {
        func number(_ text: String?) -> Int? {
            text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        guard let limit = number(limit), let used = number(used) else { return nil }
        return max(0, limit - used)
    }
}

/// The folder that a run's report will be written to.
public enum ReportFolder {
    /// Looks whether the folder can be made and written to, before a run of hours finds out; leaves nothing behind.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it cannot.
    public static func check(_ path: String) throws(RunError) {
        var nearest = URL(fileURLWithPath: path).standardizedFileURL
        while access(nearest.path, F_OK) != 0, errno == ENOENT, nearest.path != "/" {
            nearest.deleteLastPathComponent()
        }
        if let error = writeError(nearest.path) {
            throw .machine(
                "cannot write to \"\(nearest.path)\" for the report folder \"\(path)\" (\(error)); "
                    + "name another with --report-dir"
            )
        }
    }

    /// Why no file can be made in a folder; nil where one can, and was for a moment.
    private static func writeError(_ folder: String) -> String? {
        var status = stat()
        guard stat(folder, &status) == 0 else { return SystemError.last.name }
        guard status.st_mode & S_IFMT == S_IFDIR else { return "ENOTDIR" }
        // Permissions alone do not tell: root may write anywhere, but for what no file can be made in, such as /proc.
        let probe = "\(folder)/.hydrotest.\(getpid())"
        let file = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return SystemError.last.name }
        close(file)
        unlink(probe)
        return nil
    }
}
