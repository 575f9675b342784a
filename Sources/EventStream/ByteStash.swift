#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Bytes on the heap that an unfinished token needs until the next input arrives.
///
/// A plain value that owns memory by hand: it is not copied while it holds bytes, and ``release()`` frees them.
/// An empty stash owns nothing.
@usableFromInline
package struct ByteStash {
    @usableFromInline var base: UnsafeMutableRawPointer?
    @usableFromInline var used: UInt32 = 0
    @usableFromInline var reserved: UInt32 = 0

    /// The most bytes that a stash can hold, and so the highest limit that a parser can be given.
    @usableFromInline package static let largest = Int(Int32.max)

    @usableFromInline package init() {}

    /// The bytes held.
    @inlinable package var count: Int { Int(used) }

    /// The bytes of heap memory owned.
    @usableFromInline package var capacity: Int { Int(reserved) }

    /// The bytes held, in place; valid until the stash changes.
    @inlinable package var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Adds bytes from outside the stash.
    ///
    /// - Parameter limit: the most bytes that this stash will ever hold; growth ahead of need stops there.
    @usableFromInline
    package mutating func append(_ bytes: UnsafeRawBufferPointer, limit: Int) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        reserve(count + bytes.count, limit: limit)
        base?.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
        used += UInt32(bytes.count)
    }

    /// Adds one byte.
    @usableFromInline
    package mutating func append(byte: UInt8, limit: Int) {
        withUnsafeBytes(of: byte) { append($0, limit: limit) }
    }

    /// Holds exactly these bytes, which may already be the stash's own; holds no memory for none.
    @usableFromInline
    package mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty { return release() }
        if let base, bytes.baseAddress == UnsafeRawPointer(base), bytes.count == count { return }
        // One outsized value must not occupy its memory for the rest of a stream.
        if capacity > 256, bytes.count < capacity / 4 { release() }
        used = 0
        append(bytes, limit: bytes.count)
    }

    /// Forgets the bytes but not the memory.
    @usableFromInline
    package mutating func clear() { used = 0 }

    /// Frees the memory.
    @usableFromInline
    package mutating func release() {
        guard let base else { return }
        free(base)
        self = ByteStash()
    }

    private mutating func reserve(_ needed: Int, limit: Int) {
        guard needed > capacity else { return }
        precondition(needed <= Self.largest, "a stash is bounded by its parser's limit")
        let ahead = min(capacity + capacity / 2, limit)
        let size = min(max(needed, ahead, 32), Self.largest)
        guard let grown = realloc(base, size) else { fatalError("no memory for \(size) bytes") }
        base = grown
        reserved = UInt32(size)
    }
}
