/// How many subscribers each topic has.
struct TopicTable {
    private var subscribers: [String: Int] = [:]
    /// Pairs of a client and a topic.
    private(set) var subscriptions = 0

    /// Topics that are known.
    var count: Int { subscribers.count }

    /// Counts one client more for each topic.
    mutating func add(_ topics: [String]) {
        for topic in topics { subscribers[topic, default: 0] += 1 }
        subscriptions += topics.count
    }

    /// Counts one client less for each topic, which has been added for it.
    mutating func remove(_ topics: [String], keepingEmpty: Bool) {
        for topic in topics {
            let rest = subscribers[topic, default: 1] - 1
            subscribers[topic] = rest == 0 && !keepingEmpty ? nil : rest
        }
        subscriptions -= topics.count
    }
}
