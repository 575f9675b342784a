/// Writes the frames of a client (RFC 6455, 5.2).
enum WebSocketFrame {
    /// One unfragmented frame, masked as every frame of a client must be (RFC 6455, 5.3).
    ///
    /// - Parameter mask: the masking key, which must be new for each frame.
    static func bytes(_ opcode: WebSocketOpcode, _ payload: [UInt8], mask: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [0x80 | opcode.rawValue]
        switch payload.count {
        case ...125: bytes.append(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(0x80 | 126)
            withUnsafeBytes(of: UInt16(payload.count).bigEndian) { bytes += $0 }
        default:
            bytes.append(0x80 | 127)
            withUnsafeBytes(of: UInt64(payload.count).bigEndian) { bytes += $0 }
        }
        let key = withUnsafeBytes(of: mask.bigEndian) { Array($0) }
        bytes += key
        bytes += payload.enumerated().map { $1 ^ key[$0 & 3] }
        return bytes
    }
}
