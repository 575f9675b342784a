import EventLoop

extension ClientMaps {
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            let old = maps.clientTopics[id] ?? []
            var new = old
            for topic in topics where !new.contains(topic) { new.append(topic) }
            guard new.count <= ClientRegistryLimits.topicsPerClient else { throw .topicLimit }
            guard !new.isEmpty else { return }
            maps.clientTopics[id] = new
            maps.topics.add(Array(new[old.count...]))
        }
    }

    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            guard let old = maps.clientTopics[id] else { return }
            let new = old.filter { !topics.contains($0) }
            maps.clientTopics[id] = new.isEmpty ? nil : new
            maps.topics.remove(old.filter(topics.contains), keepingEmpty: faults.keepsEmptyTopics)
        }
    }
}
