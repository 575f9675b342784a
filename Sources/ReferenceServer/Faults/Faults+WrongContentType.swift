import Vocabulary
import EventStream

extension Faults {
    static let wrongContentType = FaultExplanation("Event streams are sent as text/plain.")

    /// What an event stream's head says, whatever frames its body.
    var headFields: [HTTPField] {
        guard contains(.wrongContentType) else { return EventBytes.headFields }
        return EventBytes.headFields.map {
            $0.name == "Content-Type" ? HTTPField("Content-Type", "text/plain; charset=utf-8") : $0
        }
    }
}
