import EventLoop
import RunProfile

/// Several processes at one moment, which are read as one.
struct ProcessReadings {
    private var processes: [ProcessReading]
    /// Descriptors that must not count where this very process is among them.
    private let ownDescriptors: Int

    /// Processes that all must be readable.
    init(_ processes: [ProcessReading], ownDescriptors: Int) {
        self.processes = processes
        self.ownDescriptors = ownDescriptors
    }

    /// Adds children; those that have ended since they were found are left out.
    mutating func add(_ children: [ProcessReading]) {
        processes += children.filter { !$0.hasEnded }
    }

    /// The sum of a gauge over all of them.
    func reading(of gauge: ProbeOptions.ProcessGauge) -> GaugeReading {
        do throws(Gap) {
            var total = 0.0
            for process in processes {
                do throws(Gap) {
                    total += try figure(gauge, of: process)
                } catch {
                    // A child that has ended in between has nothing left that could count.
                    guard error.name == GapName.processGone, !process.isWatched else { throw error }
                }
            }
            return .value(total)
        } catch {
            return .gap(error.name)
        }
    }

    private func figure(_ gauge: ProbeOptions.ProcessGauge, of process: ProcessReading) throws(Gap) -> Double {
        let directory = process.directory
        let figure: UInt64?
        do throws(SystemError) {
            switch gauge {
            case .threads: figure = try process.status.get().threads
            case .rss: figure = try process.status.get().residentBytes
            case .privateMemory: figure = try directory.privateBytes()
            case .fds:
                let count = try directory.descriptorCount() - (directory.isOwn ? ownDescriptors : 0)
                figure = UInt64(max(0, count))
            default:
                let kinds = try process.kinds?.get()
                figure = kinds.map { $0.first { $0.key.gauge == gauge }.map { UInt64(max(0, $0.value)) } ?? 0 }
            }
        } catch {
            throw Gap(error)
        }
        guard let figure else { throw Gap(GapName.notAvailable) }
        return Double(figure)
    }
}
