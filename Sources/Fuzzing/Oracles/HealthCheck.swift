import EventLoop
import Glibc
import Vocabulary

/// Asks the server whether it is well; waits for the answer.
final class HealthCheck: LinkOwner {
    private let engine: Engine
    private let request: ActionRequest
    private let destination: Destination
    /// The status that was answered first.
    private var expected = 0

    /// Asks a first time; whatever status comes is from then on the right one.
    ///
    /// - Throws: ``FuzzError/unreachable(_:)`` where none comes.
    init(_ server: FuzzServer) throws(FuzzError) {
        guard let destination = server.health.destination ?? server.plain ?? server.secure else {
            throw .unreachable("the server has no address")
        }
        do { engine = try Engine() } catch { throw .machine("the event loop cannot be made: \(error)") }
        request = server.health
        self.destination = destination
        let (status, name) = ask()
        guard let status else {
            throw .unreachable("\(destination.address) does not answer \(request.target): \(name); is the server up?")
        }
        expected = status
    }

    func changed(_ link: Link) {}

    /// Whether connections are refused.
    var isRefused: Bool { ask().name == SystemError(ECONNREFUSED).name }

    /// Whether questions, one after the other, are not answered though connections are taken.
    ///
    /// - Parameter times: how many; one alone may have met a busy machine.
    func isHanging(times: Int) -> Bool {
        (0..<times).allSatisfy { _ in [EndName.answerTimeout, EndName.connectTimeout].contains(ask().name) }
    }

    /// What is wrong; nil where the answer is as it was.
    func problem() -> Problem? {
        let (status, name) = ask()
        guard status != expected else { return nil }
        let answer = status.map { "was answered \($0)" } ?? "was not answered: \(name)"
        return Problem(
            ProblemName.unhealthy,
            "\(request.method) \(request.target) \(answer), where it was answered \(expected) before"
        )
    }

    /// The status of the answer; nil, and why, where there is none.
    private func ask() -> (status: Int?, name: String) {
        let deadline = MonotonicClock.now() + FuzzLimits.healthTime
        do throws(SystemError) {
            let channel = destination.tls == nil ? Channel.plain : .tls
            let link = try engine.connect(to: destination, channel, owner: self)
            defer { engine.drop(link, .fin) }
            link.output = request.bytes(ActionRequest.Subject(), host: destination.host)
            while !link.isOver, link.reader.seen.finalStatus == nil, MonotonicClock.now() < deadline {
                try engine.turn(until: deadline)
            }
            let status = link.reader.seen.finalStatus
            return (status, status == nil ? link.reader.seen.end ?? EndName.answerTimeout : "")
        } catch {
            return (nil, error.name)
        }
    }
}
