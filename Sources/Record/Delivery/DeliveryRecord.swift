/// What became of one publisher's messages, from their publication to the streams.
public struct DeliveryRecord: Codable, Equatable, Sendable {
    /// The publisher's name.
    public var publisher: String
    /// What the publisher did; nil in the part of a scenario.
    public var publishing: PublishingCounts?
    /// What came of it at the streams.
    public var counts = DeliveryCounts()
    /// Where the losses lie among what the streams got; nil in the records of older versions.
    public var places: LossPlaces?
    /// From a message's scheduled moment to its arrival at a stream, in ns; replayed messages are left out.
    public var latency = LatencyHistogram()

    /// A record of nothing.
    public init(publisher: String) { self.publisher = publisher }

    /// Adds what happened elsewhere to messages of the same publisher.
    public mutating func merge(_ other: DeliveryRecord) {
        if let others = other.publishing {
            var sum = publishing ?? PublishingCounts()
            sum.merge(others)
            publishing = sum
        }
        counts.merge(other.counts)
        if let others = other.places {
            var sum = places ?? LossPlaces()
            sum.merge(others)
            places = sum
        }
        latency.merge(other.latency)
    }

    /// The deliveries of two loads, those of one publisher as one, in the order of their first appearance.
    static func merged(_ left: [DeliveryRecord], _ right: [DeliveryRecord]) -> [DeliveryRecord] {
        right.reduce(into: left) { all, delivery in
            if let index = all.firstIndex(where: { $0.publisher == delivery.publisher }) {
                all[index].merge(delivery)
            } else {
                all.append(delivery)
            }
        }
    }
}
