import EventLoop
import Foundation
import Glibc

/// What this machine's kernel and this process' limits allow; what the system does not say is nil.
public struct MachineLimits: Equatable, Sendable {
    /// Descriptors this process may open without asking for more.
    public var softDescriptors: Int?
    /// Descriptors this process may open once it has asked for as many as it may; every command does.
    public var hardDescriptors: Int?
    /// Descriptors one process may be allowed at all (`fs.nr_open`).
    public var descriptorsOfAnyProcess: Int?
    /// Descriptors of all processes together (`fs.file-max`).
    public var descriptorsOfAll: Int?
    /// Descriptors that one user may watch by epoll(7) (`fs.epoll.max_user_watches`).
    public var watches: Int?
    /// Ports that the kernel hands out to one source address (`net.ipv4.ip_local_port_range`).
    public var ports: Int?
    /// Whether ports in TIME_WAIT are used again: 0 never, 1 always, 2 on the loop only (`net.ipv4.tcp_tw_reuse`).
    public var reuse: Int?
    /// Connections that may wait to be accepted at one listening socket (`net.core.somaxconn`).
    public var backlog: Int?
    /// Half-open connections that may wait at one listening socket (`net.ipv4.tcp_max_syn_backlog`).
    public var halfOpen: Int?
    /// Connections that the firewall keeps track of (`net.netfilter.nf_conntrack_max`).
    public var tracked: Int?
    /// Memory of all TCP sockets together, in bytes (`net.ipv4.tcp_mem`, the third).
    public var socketMemory: Int?
    /// The largest receive buffer of one socket, in bytes (`net.ipv4.tcp_rmem`, the third).
    public var receiveBuffer: Int?
    /// Memory that can still be had, in bytes.
    public var memory: Int?
    /// Processors.
    public var processors: Int
    /// Whether sockets may be made to vanish (CAP_NET_ADMIN).
    public var mayVanish: Bool

    /// The limits in texts of `/proc/sys`, and those that are not told there.
    ///
    /// - Parameter text: gives the text of a setting by its path below `/proc/sys`; nil where there is none.
    init(processors: Int, mayVanish: Bool, text: (String) -> String?) {
        func numbers(_ path: String) -> [Int] {
            text(path)?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) } ?? []
        }
        self.processors = processors
        self.mayVanish = mayVanish
        descriptorsOfAnyProcess = numbers("fs/nr_open").first
        descriptorsOfAll = numbers("fs/file-max").first
        watches = numbers("fs/epoll/max_user_watches").first
        let range = numbers("net/ipv4/ip_local_port_range")
        ports = range.count == 2 ? max(0, range[1] - range[0] + 1) : nil
        reuse = numbers("net/ipv4/tcp_tw_reuse").first
        backlog = numbers("net/core/somaxconn").first
        halfOpen = numbers("net/ipv4/tcp_max_syn_backlog").first
        tracked = numbers("net/netfilter/nf_conntrack_max").first
        let pages = numbers("net/ipv4/tcp_mem")
        let size = Int(getpagesize())
        socketMemory = pages.count == 3 && pages[2] < .max / size ? pages[2] * size : nil
        let buffers = numbers("net/ipv4/tcp_rmem")
        receiveBuffer = buffers.count == 3 ? buffers[2] : nil
    }

    /// The limits of this machine and this process; changes none of them.
    public static func current() -> MachineLimits {
        var limits = MachineLimits(
            processors: ProcessInfo.processInfo.activeProcessorCount,
            mayVanish: (try? Preflight.checkVanish()) != nil
        ) { try? String(contentsOfFile: "/proc/sys/\($0)", encoding: .utf8) }
        var descriptors = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors) == 0 {
            limits.softDescriptors = Int(clamping: descriptors.rlim_cur)
            limits.hardDescriptors = Int(clamping: descriptors.rlim_max)
        }
        limits.memory = MemoryLimit.available()
        return limits
    }
}
