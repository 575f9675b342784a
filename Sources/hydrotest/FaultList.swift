import ReferenceServer
import Vocabulary

/// What `hydrotest serve --list-faults` says.
enum FaultList {
    /// Prints each fault, its explanation and the leak that it should be found as.
    static func print() {
        for fault in Fault.allCases {
            Output.line(fault.rawValue)
            Output.line("    \(fault.explanation.sentence)")
            if let leak = fault.explanation.leak { Output.line("    leak: \(leak)") }
        }
    }
}
