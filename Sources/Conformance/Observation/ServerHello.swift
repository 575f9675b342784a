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
