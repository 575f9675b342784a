import Glibc

/// Text for people and programs.
public enum TextOutput {
    /// Writes a text to a descriptor as it is; what cannot be written is left out.
    public static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    /// Writes bytes to a descriptor as they are; what cannot be written is left out.
    public static func write(_ whole: [UInt8], to descriptor: Int32) {
        var bytes = whole[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
