/// Builds ClientHello messages byte by byte, those that no TLS library would send included (RFC 5246, 7.4.1.2).
struct ClientHello {
    /// The version in the message: 0x0302 for TLS 1.1, 0x0303 for TLS 1.2.
    var version: UInt16 = 0x0303
    /// The cipher suites, in order.
    var suites: [UInt16] = Self.commonSuites
    /// Groups that nobody knows, before those that everybody does.
    var unknownGroups: [UInt16] = []
    /// Extensions that nobody knows, all empty.
    var unknownExtensions: [UInt16] = []
    /// The server name; nil for none.
    var serverName: String?

    /// Suites for certificates of either kind, of TLS 1.0 to 1.2.
    static let commonSuites: [UInt16] = [
        0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC009, 0xC013, 0xC00A, 0xC014, 0x009C, 0x002F, 0x0035,
    ]
    /// TLS_FALLBACK_SCSV (RFC 7507, 2).
    static let fallback: UInt16 = 0x5600
    /// A value that is reserved for nobody (RFC 8701, 2).
    static let unknown: UInt16 = 0x2A2A

    /// The message with its header.
    var message: [UInt8] {
        var body = Self.number(version) + [UInt8](repeating: 0x48, count: 32) + [0]
        body += Self.sized(suites.flatMap(Self.number)) + [1, 0]
        body += Self.sized(extensions)
        return [1, 0] + Self.number(UInt16(body.count)) + body
    }

    /// The message in records.
    ///
    /// - Parameter size: the most bytes of the message in one record.
    func records(of size: Int = 1 << 14) -> [UInt8] {
        let message = message
        return stride(from: 0, to: message.count, by: size).flatMap { start in
            // The version of the record that carries a first hello is that of TLS 1.0 (RFC 8446, 5.1).
            [22, 3, 1] + Self.sized(Array(message[start..<min(start + size, message.count)]))
        }
    }

    private var extensions: [UInt8] {
        var bytes: [UInt8] = unknownExtensions.flatMap { Self.number($0) + [0, 0] }
        if let serverName {
            bytes += Self.number(0) + Self.sized(Self.sized([0] + Self.sized(Array(serverName.utf8))))
        }
        // supported_groups, ec_point_formats, signature_algorithms, extended_master_secret, renegotiation_info.
        bytes += Self.number(10) + Self.sized(Self.sized((unknownGroups + [29, 23, 24]).flatMap(Self.number)))
        bytes += Self.number(11) + Self.sized([1, 0])
        let algorithms: [UInt16] = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0203, 0x0201]
        bytes += Self.number(13) + Self.sized(Self.sized(algorithms.flatMap(Self.number)))
        bytes += Self.number(23) + [0, 0]
        return bytes + Self.number(0xFF01) + Self.sized([0])
    }

    private static func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func sized(_ bytes: [UInt8]) -> [UInt8] { number(UInt16(bytes.count)) + bytes }
}

/// What a TLS server answered to a ClientHello, read from the bytes.
enum ServerHello: Equatable {
    /// A ServerHello.
    case hello(version: UInt16, random: [UInt8], extensions: Set<UInt16>)
    /// An alert, by its description.
    case alert(UInt8)
    /// Nothing.
    case nothing
    /// Bytes that are neither.
    case unreadable

    /// Reads the first message.
    init(_ bytes: [UInt8]) {
        guard bytes.count >= 7 else {
            self = bytes.isEmpty ? .nothing : .unreadable
            return
        }
        switch bytes[0] {
        case 21: self = .alert(bytes[6])
        case 22: self = Self.read(Self.handshake(bytes)) ?? .unreadable
        default: self = .unreadable
        }
    }

    /// The handshake's bytes out of their records.
    private static func handshake(_ bytes: [UInt8]) -> [UInt8] {
        var message: [UInt8] = []
        var rest = bytes[...]
        while rest.count >= 5, rest[rest.startIndex] == 22 {
            let count = Int(rest[rest.startIndex + 3]) << 8 | Int(rest[rest.startIndex + 4])
            message += rest.dropFirst(5).prefix(count)
            rest = rest.dropFirst(5 + count)
        }
        return message
    }

    private static func read(_ message: [UInt8]) -> ServerHello? {
        guard message.count >= 39, message[0] == 2 else { return nil }
        let version = UInt16(message[4]) << 8 | UInt16(message[5])
        let random = Array(message[6..<38])
        let length = min(message.count, 4 + (Int(message[1]) << 16 | Int(message[2]) << 8 | Int(message[3])))
        var position = 39 + Int(message[38]) + 3
        var extensions: Set<UInt16> = []
        position += 2
        while position + 4 <= length {
            extensions.insert(UInt16(message[position]) << 8 | UInt16(message[position + 1]))
            position += 4 + (Int(message[position + 2]) << 8 | Int(message[position + 3]))
        }
        return .hello(version: version, random: random, extensions: extensions)
    }

    /// The answer in words.
    var words: String {
        switch self {
        case .hello(let version, _, _): "a ServerHello of version 0x0\(String(version, radix: 16))"
        case .alert(let description): "alert \(description)"
        case .nothing: "no bytes"
        case .unreadable: "bytes that are no TLS"
        }
    }
}
