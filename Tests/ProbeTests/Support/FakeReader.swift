import Vocabulary
import Record
import Synchronization

@testable import Probe

/// Answers with what it is told, or with the count of its readings.
final class FakeReader: GaugeReader {
    let probe: String
    let gauges: [GaugeDescription]
    let reads = Monitor(0)
    private let answer: @Sendable (Int) -> [GaugeReading]

    init(
        _ probe: String,
        gauges: [GaugeDescription] = [GaugeDescription(name: "g", unit: .count)],
        answer: @escaping @Sendable (Int) -> [GaugeReading] = { [.value(Double($0))] }
    ) {
        self.probe = probe
        self.gauges = gauges
        self.answer = answer
    }

    func read() -> [GaugeReading] {
        let number = reads.change { count in
            count += 1
            return count
        }
        return answer(number)
    }

    /// Waits until a reading has begun.
    func waitForReading(_ number: Int) {
        _ = reads.wait(until: .max) { $0 >= number ? true : nil }
    }
}
