import EventLoop
import Load
import Probe
import Record
import RunProfile
import Transport
import Verdict
import Vocabulary

extension ProfileRun {
    /// Opens streams level by level until one does not hold, and notes what each level came to.
    ///
    /// - Throws: ``RunError`` where the machine gives no loop or no thread, or the publish cannot be set up.
    func findCeiling(
        _ capacity: CapacityOptions,
        _ scenarios: [LoadScenario],
        _ builder: EndpointBuilder
    ) throws(RunError) -> LoadRecord {
        guard case .staircase(let staircase)? = profile.scenarios.first?.arrival else {
            preconditionFailure("a profile is checked before it is run")
        }
        var settings = LoadSettings(heartbeat: profile.heartbeat, limits: profile.limits)
        settings.levelEnds = staircase.ends
        settings.measuresEvents = capacity.publish != nil
        let publisher = try publisher(capacity, builder)
        let climb = CapacityClimb(
            staircase,
            judge: LevelJudge(thresholds: profile.thresholds, heartbeat: heartbeatExpectation),
            start: now,
            saturation: saturation
        )
        defer {
            record.capacity = climb.record
            if let outcome = publisher?.stop() {
                record.capacity?.published = outcome.published
                record.capacity?.publishErrors = outcome.errors
            }
        }
        return try carryOut(scenarios, saying: climb.title, settings: settings) { generator in
            climb.look(at: generator)
            record.capacity = climb.record
        }
    }

    private func publisher(_ capacity: CapacityOptions, _ builder: EndpointBuilder) throws(RunError) -> Publisher? {
        guard let publish = capacity.publish else { return nil }
        let url = builder.url(publish.address)
        let client = HTTPClient(tls: url.tls ? try builder.tlsContext(url) : nil)
        do {
            return try Publisher(publish, to: url, with: client, every: capacity.publishEvery)
        } catch {
            throw .machine("the publisher cannot start: \(error.advice)")
        }
    }
}
