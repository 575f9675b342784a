/// Knows the clients of a server that pushes events, and their topics.
///
/// Called from the handler thread and, by close handlers, from the socket thread.
public protocol ClientRegistry: AnyObject, Sendable {
    /// Takes a response up as a client and sends its head and a first event that carries the client's id.
    ///
    /// - Parameters:
    ///   - response: where the client is.
    ///   - request: what the client asks for; it is not subscribed yet.
    ///   - registered: called when the registration is through, perhaps after this call has returned.
    func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    )

    /// Adds topics to a client; those it has already count once.
    ///
    /// - Throws: ``RegistryError`` for a client that is not registered, or for too many topics; nothing has changed then.
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError)

    /// Takes topics from a client; those it does not have are ignored.
    ///
    /// - Throws: ``RegistryError/unknownClient``.
    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError)

    /// Sends an event to every client of a topic, and removes those that it cannot be sent to.
    ///
    /// - Parameter sent: called with how many clients it was sent to, before this call returns unless a fault delays it.
    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void)

    /// Sends a client the events of its topics that it missed, as far as they are kept; nothing where it has seen none.
    func replay(to id: ClientID, for request: EventStreamRequest)

    /// Says that bytes were sent to a client outside of a broadcast, which restarts its inactivity timer.
    func sent(to id: ClientID)

    /// How much is held now.
    var counts: RegistryCounts { get }

    /// How much one of several workers holds, which clients are dealt to.
    func counts(of worker: Int, among workers: Int) -> RegistryCounts
}
