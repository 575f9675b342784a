import EventStream
import Vocabulary

extension CheckOptions {
    /// What is wrong with the options, and what to do next; nil where nothing is.
    public var problem: String? {
        if let number = selection.unknown { return "there is no case \(number); --list shows them all" }
        guard (1...CheckLimits.longestWait).contains(heartbeat) else {
            return "--heartbeat must be more than 0 and at most \(DurationText.format(CheckLimits.longestWait))"
        }
        guard (1...CheckLimits.longestWait).contains(wait ?? 1) else {
            return "--wait must be more than 0 and at most \(DurationText.format(CheckLimits.longestWait))"
        }
        do {
            _ = try HTTPHeadWriter.request(method: "GET", target: url.path, fields: RequestWriter(options: self).fields)
        } catch {
            return "\(error.rawValue): the address or a --header cannot be sent"
        }
        return nil
    }
}
