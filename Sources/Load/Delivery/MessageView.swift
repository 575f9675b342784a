import Synchronization

/// What workers see of a publisher's ``MessageTable``, as a plain value: to look at it retains nothing.
///
/// Whoever holds one must hold the table as well.
struct MessageView {
    /// The messages, and behind the last of them one whose sequence is that of the message begun last.
    let entries: UnsafeMutablePointer<MessageEntry>
    /// The remembered messages' number, less one.
    let mask: UInt32

    /// The sequence of the message begun last; 0 before the first.
    var latest: UInt32 {
        UInt32(truncatingIfNeeded: entries[Int(mask) + 1].sequence.load(ordering: .acquiring))
    }

    /// The entry of a message that was begun; nil where it is forgotten, or was never begun.
    func entry(_ sequence: UInt32) -> UnsafeMutablePointer<MessageEntry>? {
        let entry = place(sequence)
        return entry.pointee.sequence.load(ordering: .acquiring) == UInt64(sequence) && sequence > 0 ? entry : nil
    }

    /// Where a message's entry is, or was, or will be.
    func place(_ sequence: UInt32) -> UnsafeMutablePointer<MessageEntry> { entries + Int(sequence & mask) }
}
