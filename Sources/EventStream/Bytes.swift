#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes that the wire formats give a meaning to.
@usableFromInline
package enum ASCII {
    @inlinable package static var null: UInt8 { 0x00 }
    @inlinable package static var tab: UInt8 { 0x09 }
    @inlinable package static var lineFeed: UInt8 { 0x0A }
    @inlinable package static var carriageReturn: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }
    @inlinable package static var colon: UInt8 { 0x3A }

    /// The value of a decimal digit; nil for any other byte.
    @usableFromInline
    package static func decimalValue(_ byte: UInt8) -> UInt8? {
        byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : nil
    }

    /// The value of a hexadecimal digit of either case; nil for any other byte.
    package static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

/// Searches in raw bytes.
@usableFromInline
package enum ByteSearch {
    /// The offset of the first such byte at or after an offset; nil where there is none.
    @usableFromInline
    package static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from offset: Int = 0) -> Int? {
        guard let base = bytes.baseAddress, offset < bytes.count else { return nil }
        guard let found = memchr(base + offset, Int32(byte), bytes.count - offset) else { return nil }
        return UnsafeRawPointer(found) - base
    }
}

extension UnsafeRawBufferPointer {
    /// Cuts bytes off the front and returns them.
    @inlinable
    package mutating func takeFirst(_ count: Int) -> UnsafeRawBufferPointer {
        let taken = UnsafeRawBufferPointer(rebasing: self[..<count])
        self = UnsafeRawBufferPointer(rebasing: self[count...])
        return taken
    }
}
