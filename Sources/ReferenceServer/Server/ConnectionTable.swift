/// The open connections, by slot.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var free: [Int] = []
    /// Starts at 1: a token of generation 0 is never a connection's.
    private var generation: UInt32 = 1

    /// Connections that are open.
    var count: Int { slots.count - free.count }

    /// The connections that are open.
    var all: [Connection] { slots.compactMap { $0 } }

    /// The connection of a token; nil where it is no longer open.
    subscript(token: ConnectionToken) -> Connection? {
        guard token.slot < slots.count, let connection = slots[token.slot], connection.token == token else {
            return nil
        }
        return connection
    }

    /// The connection in a slot.
    subscript(slot: Int) -> Connection? { slots[slot] }

    /// Makes a connection in a free slot.
    mutating func insert(_ make: (ConnectionToken) -> Connection) -> Connection {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(nil) }
        let connection = make(ConnectionToken(slot: slot, generation: generation))
        generation = generation == .max ? 1 : generation + 1
        slots[slot] = connection
        return connection
    }

    /// Frees the slot of a connection.
    mutating func remove(_ token: ConnectionToken) {
        slots[token.slot] = nil
        free.append(token.slot)
    }
}
