#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Searches in raw bytes.
@usableFromInline
enum ByteSearch {
    /// The offset of the first such byte at or after an offset; nil where there is none.
    @usableFromInline
    static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from offset: Int = 0) -> Int? {
        guard let base = bytes.baseAddress, offset < bytes.count else { return nil }
        guard let found = memchr(base + offset, Int32(byte), bytes.count - offset) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
