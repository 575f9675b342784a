import CLinux

/// Memory for many small things side by side, which grows without a copy: the kernel moves its pages.
///
/// It begins as zeros, and what is not touched takes no room. Its elements are plain values; nothing is destroyed.
/// Whoever holds it calls ``release()`` once.
public struct GrowingMemory<Element> {
    /// The first element; moves when the memory grows.
    public private(set) var base: UnsafeMutablePointer<Element>
    /// The elements that there is room for.
    public private(set) var capacity: Int

    /// Memory for some elements at least.
    public init(minimumCapacity: Int) {
        let bytes = Self.pages(minimumCapacity)
        guard let memory = hydrotest_map(bytes) else { fatalError("no memory for \(bytes) bytes") }
        base = memory.bindMemory(to: Element.self, capacity: bytes / MemoryLayout<Element>.stride)
        capacity = bytes / MemoryLayout<Element>.stride
    }

    /// Makes room for twice as many elements, or as many as are needed if these are more.
    public mutating func grow(toHold count: Int) {
        let (old, new) = (Self.pages(capacity), Self.pages(max(capacity * 2, count)))
        guard let memory = hydrotest_remap(base, old, new) else { fatalError("no memory for \(new) bytes") }
        base = memory.bindMemory(to: Element.self, capacity: new / MemoryLayout<Element>.stride)
        capacity = new / MemoryLayout<Element>.stride
    }

    /// Gives the memory back; it must not be used afterwards.
    public func release() { hydrotest_unmap(base, Self.pages(capacity)) }

    private static func pages(_ count: Int) -> Int {
        (max(1, count) * MemoryLayout<Element>.stride + pageBytes - 1) / pageBytes * pageBytes
    }
}

private let pageBytes = 4_096
