import Record
import RunProfile
import Vocabulary

extension FindingRules {
    /// What is to be said of published messages.
    var ofDeliveries: [Finding?] {
        [publishFailures, nothingDelivered, eventsLost, eventsDuplicated, eventsOutOfOrder]
    }

    private var deliveries: [DeliveryRecord] { record.load.deliveries ?? [] }
    private var total: DeliveryCounts { deliveries.reduce(into: DeliveryCounts()) { $0.merge($1.counts) } }
    private var published: PublishingCounts {
        deliveries.compactMap(\.publishing).reduce(into: PublishingCounts()) { $0.merge($1) }
    }

    /// Messages that the server did not take.
    var publishFailures: Finding? {
        let published = published
        guard published.failed > 0 else { return nil }
        let failed = published.failed
        let tried = Wording.count(published.accepted.saturatingAdding(failed), "message")
        return finding(
            .publishFailures,
            published.accepted == 0 ? .failure : .warning,
            "\(Wording.number(failed)) of \(tried) not taken by the server",
            listed(published.errors)
                + ["A message that was not accepted is owed to no stream, and is not counted as lost."]
        )
    }

    /// Messages were taken, streams were there, and not one came.
    var nothingDelivered: Finding? {
        let (accepted, total) = (published.accepted, total)
        guard accepted > 0, total.streams > 0, isNothingDelivered else { return nil }
        return finding(
            .nothingDelivered,
            .failure,
            "none of \(Wording.count(accepted, "published message")) came on any of "
                + Wording.count(total.streams, "stream"),
            [
                "\(Wording.count(record.load.events, "event")) came in all.",
                "Do the streams listen to the topic that is published to, and does the event carry the body's ${seq}?",
            ]
        )
    }

    private var isNothingDelivered: Bool { total.received == 0 && total.replayed == 0 && total.stale == 0 }

    /// Messages that streams should have got.
    var eventsLost: Finding? {
        let total = total
        guard total.lost > 0, !isNothingDelivered else { return nil }
        let pattern = DeliveryPattern(record.load)
        var evidence = places(\.lost)
        if total.lostAtStart > 0 {
            evidence.append(
                "\(Wording.number(total.lostAtStart)) of them were under way as their stream began: it had its first "
                    + "event, then others got the message. A broadcast's recipients were chosen too early."
            )
        }
        if total.lost > total.lostAtStart {
            let later = Wording.number(total.lost - total.lostAtStart)
            evidence.append("\(later) of them were published while their stream was open.")
        }
        return finding(
            .eventsLost,
            isJudged(.lost) ? .info : .failure,
            "\(Wording.number(total.lost)) of \(Wording.count(total.owed, "event")) lost, on "
                + Wording.count(total.losers, "stream") + (pattern.map { ": \($0.title)" } ?? ""),
            evidence + (pattern?.evidence ?? [])
        )
    }

    /// Messages that came again on the same stream.
    var eventsDuplicated: Finding? {
        guard total.duplicated > 0 else { return nil }
        return finding(
            .eventsDuplicated,
            isJudged(.duplicated) ? .info : .failure,
            "\(Wording.count(total.duplicated, "event")) came again on the same stream",
            places(\.duplicated)
        )
    }

    /// Messages that came after later ones.
    var eventsOutOfOrder: Finding? {
        guard total.outOfOrder > 0 else { return nil }
        return finding(
            .eventsOutOfOrder,
            isJudged(.outOfOrder) ? .info : .warning,
            "\(Wording.count(total.outOfOrder, "event")) came after later ones",
            places(\.outOfOrder) + ["The later one was published only after the server had taken the earlier one."]
        )
    }

    /// Where a count comes from: by publisher, and by scenario where there are several.
    private func places(_ count: KeyPath<DeliveryCounts, UInt64>) -> [String] {
        deliveries.filter { $0.counts[keyPath: count] > 0 }.flatMap { delivery in
            let whole = place("publisher \(delivery.publisher)", delivery.counts, count)
            let parts = (record.load.scenarios ?? []).compactMap { scenario -> String? in
                let part = scenario.load.deliveries?.first { $0.publisher == delivery.publisher }?.counts
                guard let part, part[keyPath: count] > 0 else { return nil }
                return place("scenario \(scenario.name)", part, count)
            }
            return [whole] + parts
        }
    }

    private func place(_ name: String, _ counts: DeliveryCounts, _ count: KeyPath<DeliveryCounts, UInt64>) -> String {
        "\(name): \(Wording.number(counts[keyPath: count])) of \(Wording.number(counts.owed)), "
            + Wording.count(counts.streams, "stream")
    }

    private func isJudged(_ count: ThresholdMetric.Delivery) -> Bool {
        thresholds.contains { $0.metric == .delivery(count) }
    }
}
