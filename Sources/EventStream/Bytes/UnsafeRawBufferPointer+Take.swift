extension UnsafeRawBufferPointer {
    /// Cuts bytes off the front and returns them.
    @inlinable
    mutating func takeFirst(_ count: Int) -> UnsafeRawBufferPointer {
        let taken = UnsafeRawBufferPointer(rebasing: self[..<count])
        self = UnsafeRawBufferPointer(rebasing: self[count...])
        return taken
    }
}
