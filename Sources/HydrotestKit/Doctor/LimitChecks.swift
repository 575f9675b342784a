import Glibc
import Vocabulary

/// Judges each limit of a machine, and names the command that raises it.
struct LimitChecks {
    /// What a waiting line of a server should hold; kernels since 5.4 come with it.
    static let backlog = 4_096
    /// How long a port stays in TIME_WAIT, in seconds.
    static let timeWait = 60
    /// The ports that kernels come with.
    static let ports = 28_232

    /// The machine.
    let limits: MachineLimits

    /// Every limit that the system tells, those first that are most often in the way.
    var all: [LimitCheck] {
        [
            descriptors, allDescriptors, watches, memory, ports, reuse, backlog, halfOpen, tracked, socketMemory,
            receiveBuffer, processors, vanish,
        ].compactMap(\.self)
    }

    private var descriptors: LimitCheck? {
        guard let hard = limits.hardDescriptors else { return nil }
        let streams = max(0, hard - Preflight.reservedDescriptors)
        let soft = limits.softDescriptors.flatMap {
            $0 < hard ? "; the soft limit, \(Self.number($0)), is raised by itself" : nil
        }
        // More than the kernel grants any process cannot be asked for.
        let most = limits.descriptorsOfAnyProcess ?? 1_048_576
        return LimitCheck(
            name: "descriptors",
            value: Self.number(hard),
            figure: hard,
            allows: "\(Self.number(streams)) streams at once\(soft ?? "")",
            low: streams < DoctorReport.ordinary,
            raise: hard < most
                ? "sudo prlimit --pid $$ --nofile=\(most):\(most)"
                : "sudo sysctl -w fs.nr_open=\(most * 2) && sudo prlimit --pid $$ --nofile=\(most * 2):\(most * 2)"
        )
    }

    private var allDescriptors: LimitCheck? {
        setting(
            "descriptors of all processes",
            limits.descriptorsOfAll,
            allows: "as many streams, server and client together",
            least: 2 * DoctorReport.ordinary,
            raise: "fs.file-max",
            to: 2_097_152
        )
    }

    private var watches: LimitCheck? {
        setting(
            "watched descriptors",
            limits.watches,
            allows: "as many streams",
            least: DoctorReport.ordinary,
            raise: "fs.epoll.max_user_watches",
            to: 2_097_152
        )
    }

    private var memory: LimitCheck? {
        guard let memory = limits.memory else { return nil }
        let plain = memory / Preflight.plainConnectionBytes
        let tls = memory / Preflight.tlsConnectionBytes
        return LimitCheck(
            name: "memory",
            value: NumberText.bytes(Double(memory)),
            figure: memory,
            allows: "\(Self.number(plain)) plain or \(Self.number(tls)) TLS streams on this side of their sockets",
            low: tls < DoctorReport.ordinary,
            raise: nil
        )
    }

    private var ports: LimitCheck? {
        guard let ports = limits.ports else { return nil }
        return LimitCheck(
            name: "ports of a source address",
            value: Self.number(ports),
            figure: ports,
            allows: "as many streams to another host from each of `sources`; no bound on the loop",
            low: ports < Self.ports,
            raise: ports < 64_512 ? "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'" : nil
        )
    }

    private var reuse: LimitCheck? {
        guard let reuse = limits.reuse else { return nil }
        let rate = limits.ports.map { "\(Self.number($0 / Self.timeWait)) ended connections/s" }
        let slow = rate.map { "\($0) from each source address" } ?? "fewer connections a second"
        return LimitCheck(
            name: "TIME_WAIT reuse",
            value: ["never", "always", "on the loop"].indices.contains(reuse)
                ? ["never", "always", "on the loop"][reuse] : "\(reuse)",
            figure: reuse,
            allows: reuse == 1
                ? "ports are used again after 1 s" : reuse == 2 ? "elsewhere \(slow)" : "\(slow), everywhere",
            low: reuse == 0,
            raise: reuse == 1 ? nil : "sudo sysctl -w net.ipv4.tcp_tw_reuse=1"
        )
    }

    private var backlog: LimitCheck? {
        setting(
            "backlog",
            limits.backlog,
            allows: "connections of a crowd that a server on this machine has not accepted yet",
            least: Self.backlog,
            raise: "net.core.somaxconn",
            to: 65_535
        )
    }

    private var halfOpen: LimitCheck? {
        setting(
            "half-open connections",
            limits.halfOpen,
            allows: "handshakes that a server on this machine has under way",
            least: 512,
            raise: "net.ipv4.tcp_max_syn_backlog",
            to: 65_535
        )
    }

    private var tracked: LimitCheck? {
        setting(
            "tracked connections",
            limits.tracked,
            allows: "connections of the whole machine, those in TIME_WAIT too",
            least: 2 * DoctorReport.ordinary,
            raise: "net.netfilter.nf_conntrack_max",
            to: 1_048_576
        )
    }

    private var socketMemory: LimitCheck? {
        guard let bytes = limits.socketMemory else { return nil }
        // Half, three quarters and all of it, in pages.
        let pages = Self.doubled(bytes) / Int(getpagesize())
        return LimitCheck(
            name: "memory of all sockets",
            value: NumberText.bytes(Double(bytes)),
            figure: bytes,
            allows: "bytes that wait to be read or acknowledged; past it the kernel drops them",
            low: bytes < 256 << 20,
            raise: "sudo sysctl -w net.ipv4.tcp_mem='\(pages / 2) \(pages / 4 * 3) \(pages)'"
        )
    }

    private var receiveBuffer: LimitCheck? {
        guard let bytes = limits.receiveBuffer else { return nil }
        return LimitCheck(
            name: "receive buffer",
            value: NumberText.bytes(Double(bytes)),
            figure: bytes,
            allows: "unread bytes of one stream, as those of a `stall`",
            low: bytes < 128 << 10,
            raise: "sudo sysctl -w net.ipv4.tcp_rmem='4096 131072 \(Self.doubled(bytes))'"
        )
    }

    private var processors: LimitCheck {
        let plain = Int(Double(limits.processors) / WorkerCount.plainOpening)
        let tls = Int(Double(limits.processors) / WorkerCount.tlsOpening)
        return LimitCheck(
            name: "processors",
            value: Self.number(limits.processors),
            figure: limits.processors,
            allows:
                "about \(Self.number(plain)) plain or \(Self.number(tls)) TLS streams opened a second, all of them busy",
            low: false,
            raise: nil
        )
    }

    private var vanish: LimitCheck {
        LimitCheck(
            name: "CAP_NET_ADMIN",
            value: limits.mayVanish ? "yes" : "no",
            figure: nil,
            allows: limits.mayVanish ? "the manner `vanish`" : "every manner but `vanish`",
            low: false,
            raise: limits.mayVanish ? nil : "sudo setcap cap_net_admin+ep \"$(command -v hydrotest)\""
        )
    }

    /// A setting of the kernel's that is one number; nil where it is not told.
    private func setting(
        _ name: String,
        _ figure: Int?,
        allows: String,
        least: Int,
        raise setting: String,
        to target: Int
    ) -> LimitCheck? {
        guard let figure else { return nil }
        return LimitCheck(
            name: name,
            value: Self.number(figure),
            figure: figure,
            allows: allows,
            low: figure < least,
            raise: "sudo sysctl -w \(setting)=\(max(target, Self.doubled(figure)))"
        )
    }

    private static func doubled(_ value: Int) -> Int { value > .max / 2 ? .max : 2 * value }

    private static func number(_ value: Int) -> String {
        // RLIM_INFINITY, and settings that stand for it.
        value >= Int(Int32.max) * 1_000 ? "no limit" : NumberText.grouped(value)
    }
}
