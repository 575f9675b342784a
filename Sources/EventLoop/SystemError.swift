import CLinux
import Glibc

/// An error of a system call.
public struct SystemError: Error, Hashable, Sendable {
    /// The `errno` value.
    public let number: Int32

    /// An error from its number.
    public init(_ number: Int32) { self.number = number }

    /// The error that the last system call of this thread left behind.
    public static var last: SystemError { SystemError(errno) }

    /// The number's symbolic name: `ECONNRESET`.
    public var name: String { hydrotest_errno_name(number).map { String(cString: $0) } ?? "ERRNO_\(number)" }
}

extension SystemError: CustomStringConvertible {
    /// The name and what the system says of it: `ECONNRESET (Connection reset by peer)`.
    public var description: String { "\(name) (\(String(cString: strerror(number))))" }
}
