import EventLoop
@testable import ReferenceServer

extension ClientRegistry {
    /// Broadcasts where nothing delays it.
    ///
    /// - Returns: how many clients were reached.
    func broadcast(topic: String, data: String) -> Int {
        let reached = Reached()
        broadcast(topic: topic, data: data) { count in reached.count.withLock { $0 = count } }
        return reached.count.withLock { $0 } ?? -1
    }
}

private final class Reached: Sendable {
    let count = Locked<Int?>(nil)
}
