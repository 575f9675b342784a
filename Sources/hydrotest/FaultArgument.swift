import ArgumentParser
import RunProfile
import Vocabulary

/// Faults on the command line: `timer-leak,no-heartbeat`.
struct FaultArgument {
    /// The faults.
    let faults: [Fault]

    /// No fault.
    static let none = FaultArgument([])

    private init(_ faults: [Fault]) { self.faults = faults }

    /// Reads the names.
    ///
    /// - Throws: a `ValidationError` for a name that is none, with the nearest that is one.
    init(_ argument: String) throws {
        faults = try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
            if let fault = Fault(rawValue: String(name)) { return fault }
            let nearest = NearestName.find(String(name), among: Fault.allCases.map(\.rawValue))
            let hint = nearest.map { "did you mean \"\($0)\"? " } ?? ""
            throw ValidationError("\"\(name)\" is no fault; \(hint)see hydrotest serve --list-faults")
        }
    }
}
