import Record
import RunProfile
import Vocabulary

extension ReconnectRecord {
    /// A record in which nothing has happened yet, with the mass drops that are still to be made.
    init(_ options: ReconnectOptions) {
        self.init()
        let manner = options.drop?.manner ?? .rst
        drops = (options.drop?.moments ?? []).map { MassDropRecord(at: $0, manner: manner) }
    }
}
