import Testing

@testable import ReferenceServer

@Suite struct OutputQueueTests {
    /// Takes everything out in steps of at most so many bytes.
    private func drain(_ queue: inout OutputQueue, step: Int) -> [UInt8] {
        var taken: [UInt8] = []
        while !queue.isEmpty {
            let bytes = queue.withNext { Array($0.prefix(step)) }
            taken += bytes
            queue.consume(bytes.count)
        }
        return taken
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func bytesComeOutInOrder(step: Int) {
        var queue = OutputQueue()
        let pieces = (0..<200).map { number in [UInt8](repeating: UInt8(number), count: 1 + number % 5) }
        queue.append(pieces[0], from: 0)
        for piece in pieces.dropFirst() { queue.append(piece, from: 0) }
        #expect(queue.bytes == pieces.joined().count)
        #expect(drain(&queue, step: step) == Array(pieces.joined()))
        #expect(queue.bytes == 0)
    }

    @Test func pieceMayBeginWithin() {
        var queue = OutputQueue()
        queue.append([1, 2, 3, 4], from: 2)
        queue.append([5], from: 0)
        #expect(queue.bytes == 3)
        #expect(drain(&queue, step: 2) == [3, 4, 5])
        queue.append([6, 7], from: 1)
        #expect(drain(&queue, step: 9) == [7])
    }

    @Test func nothingStaysNothing() {
        var queue = OutputQueue()
        queue.append([], from: 0)
        queue.append([1, 2], from: 2)
        #expect(queue.isEmpty)
    }

    @Test func queueGoesOnWhileItIsEmptied() {
        var queue = OutputQueue()
        var taken: [UInt8] = []
        for number in 0..<1_000 {
            queue.append([UInt8(number % 251), 0xFF], from: 0)
            let bytes = queue.withNext { Array($0.prefix(1)) }
            taken += bytes
            queue.consume(1)
        }
        taken += drain(&queue, step: 10)
        #expect(taken == (0..<1_000).flatMap { [UInt8($0 % 251), 0xFF] })
    }
}
