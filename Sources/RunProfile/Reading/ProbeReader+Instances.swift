import Vocabulary

/// Reads which processes a probe over HTTP is to tell apart: a list of addresses, `instance:` or `instances:`.
extension ProbeReader {
    /// The addresses of an `http:` or `prometheus:` key: one, or a list with one for each instance.
    func addresses(_ field: Field, example: String) -> [ProbeOptions.Address]? {
        guard case .sequence = field.node.content else {
            return field.address(target: target, defaultPath: nil, example: example).map { [$0] }
        }
        let expectation = "an address, or a list with the address of each instance"
        guard let items = field.items(limit: ProfileLimits.instances, expected: expectation) else { return nil }
        guard !items.isEmpty else {
            field.reject("an empty list", expected: expectation)
            return nil
        }
        var addresses: [ProbeOptions.Address] = []
        for item in items {
            guard let address = item.address(target: target, defaultPath: nil, example: example) else { continue }
            if addresses.contains(address) {
                item.reject("the same address twice", expected: "each instance once: its state would count double")
                continue
            }
            addresses.append(address)
        }
        return addresses.count == items.count ? addresses : nil
    }

    /// Reports a probe that is told in two ways which processes it reads.
    func refuseSecondWay(addresses: Int, instance: Field?, instances: Field?) {
        if addresses > 1, let other = instance ?? instances {
            other.reject("beside a list of addresses", expected: "one address that several processes share")
        } else if instance != nil, let instances {
            instances.reject("beside instance", expected: "instance, where answers name their process, or instances")
        }
    }

    /// Where an answer names the process that gave it: a JSON Pointer, or a label of metrics.
    func instance(_ field: Field, of kind: String) -> String? {
        switch kind {
        case "http": JSONPointerReader.read(field)
        case "prometheus": label(field)
        // That it has no instances has been said.
        default: nil
        }
    }

    private func label(_ field: Field) -> String? {
        field.text(expected: "the name of a label, such as pid") { text in
            (1...ProfileLimits.nameLength).contains(text.utf8.count)
                && !text.utf8.contains { !Self.isOfLabel($0) } && !(0x30...0x39).contains(text.utf8.first ?? 0)
        }
    }

    private static func isOfLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    /// The processes among which the one that answers is looked for.
    func instances(_ field: Field) -> ProbeOptions.Instances? {
        let expectation = "all, or a map, such as { pid: 1234, children: true } or { port: 8080 }"
        if case .scalar("all", _) = field.node.content { return .processes(.ownPort, children: false) }
        guard var keys = MappingReader(field, expected: expectation) else { return nil }
        defer { keys.finish() }
        let (pid, port) = (keys.field("pid"), keys.field("port"))
        var children = false
        keys.read("children", into: &children) { $0.flag() }
        guard (pid == nil) != (port == nil) else {
            field.reject(pid == nil ? "neither pid nor port" : "pid and port", expected: expectation)
            return nil
        }
        let found: ProbeOptions.Processes? =
            if let pid {
                pid.wholeNumber(in: 1...Int32.max, example: 1234).map { .pid($0) }
            } else {
                port?.wholeNumber(in: 1...UInt16.max, example: 8080).map { .port($0) }
            }
        return found.map { .processes($0, children: children) }
    }
}
