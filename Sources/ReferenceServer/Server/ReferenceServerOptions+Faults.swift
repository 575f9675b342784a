import Vocabulary

extension ReferenceServerOptions {
    /// The faults with the one that the choice of a registry stands for.
    var allFaults: Faults {
        var all = faults
        if registry == .racy { all.names.insert(.racyRegistry) }
        return all
    }

    /// Two faults that cannot go together; nil where there are none.
    var exclusiveFaults: (Fault, Fault)? {
        for fault in Fault.allCases where allFaults.contains(fault) {
            if let other = fault.excluded.first(where: allFaults.contains) { return (fault, other) }
        }
        return nil
    }
}
