import Record

extension GaugeRecord.Rung {
    /// The part of the run at whose end the rung is read.
    var phase: Phase.Name {
        switch self {
        case .loadEnd: .load
        case .settle: .settle
        case .inactivity: .inactivity
        case .publish: .publish
        }
    }
}
