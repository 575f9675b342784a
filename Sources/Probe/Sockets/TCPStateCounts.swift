/// How many sockets are in each state.
struct TCPStateCounts: Equatable, Sendable {
    private var counts = [Int](repeating: 0, count: TCPState.allCases.count + 1)

    /// Counts one socket.
    mutating func add(_ state: TCPState) { counts[Int(state.rawValue)] += 1 }

    /// The sockets in all states that go by a state's name.
    subscript(_ state: TCPState) -> Int {
        let count = counts[Int(state.rawValue)]
        return state == .synReceived ? count + counts[Int(TCPState.newSynReceived.rawValue)] : count
    }

    /// The sockets in any state.
    var total: Int { counts.reduce(0, +) }
}
