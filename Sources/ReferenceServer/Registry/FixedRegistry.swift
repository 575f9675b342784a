/// The registry without the bug: it inserts a client before it registers the close handler.
///
/// Whenever the socket closes, either the handler is called and finds the client, or the response says that it is
/// closed already.
final class FixedRegistry: MapRegistry {
    let maps: ClientMaps

    /// A registry over maps that others may share.
    init(_ maps: ClientMaps) { self.maps = maps }

    /// Takes a response up as a client, in the order that does not leak.
    func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    ) {
        // (1) Make an id.
        let id = ClientID()
        // (2) Start an inactivity timer keyed by the id.
        maps.startTimeout(id)
        // (6) Insert into `clients`, so that a close has something to delete.
        maps.insert(id, response)
        // (3) Register the close handler.
        response.onClose { [maps] in maps.unsubAll(id) }
        // A handler that came too late is never called.
        if response.isClosed {
            maps.unsubAll(id)
            return
        }
        maps.pause { [maps] in
            // (4) Write the headers.
            response.writeHead(status: 200, fields: maps.faults.headFields)
            // (5) Write a first event that carries the id.
            guard response.write(maps.connected(id, for: request)) else {
                maps.unsubAll(id)
                return
            }
            registered(id)
        }
    }
}
