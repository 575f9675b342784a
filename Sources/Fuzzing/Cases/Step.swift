/// One step of one client.
public struct Step: Equatable, Sendable {
    /// The client, counted from 0; its letter in a replay file is `a` for 0.
    var client: Int
    /// What it does.
    var action: Action

    init(_ client: Int, _ action: Action) {
        self.client = client
        self.action = action
    }
}
