import Vocabulary

extension ProbeOptions {
    /// How the processes behind one probe are told apart, so that what each holds can be added up.
    public enum Instances: Equatable, Sendable {
        /// Each has an address of its own: those besides the source's.
        case addresses([Address])
        /// The kernel tells which of some processes answers.
        case processes(Processes, children: Bool)
    }

    /// The processes among which the one that answers is looked for.
    public enum Processes: Equatable, Sendable {
        /// Those that listen on the port that the probe itself asks.
        case ownPort
        /// Those that listen on a port.
        case port(UInt16)
        /// A process by its number.
        case pid(Int32)
    }
}
