extension ProbeReader {
    func process(_ selector: ProbeOptions.ProcessSelector?, children: Field?) -> ProbeOptions.Source? {
        var read = ProbeOptions.ProcessGauge.usual
        if let gauges {
            let choices = gauges.choices(ProbeOptions.ProcessGauge.self, expected: "a list, such as [fds, sockets]")
            guard let choices else { return nil }
            read = choices.map(\.choice)
        }
        let withChildren = children.map { $0.flag() ?? false } ?? false
        return selector.map { .process($0, gauges: read, children: withChildren) }
    }

    func pid(_ field: Field) -> ProbeOptions.ProcessSelector? {
        field.wholeNumber(in: 1...Int32.max, example: 1234).map { .pid($0) }
    }

    func port(_ field: Field) -> ProbeOptions.ProcessSelector? {
        guard case .scalar("reference", _) = field.node.content else {
            return field.wholeNumber(in: 1...UInt16.max, example: 8443).map { .port($0) }
        }
        if case .server = target {
            field.reject(
                "found \(field.node.kind), but the bundled server is not the target",
                expected: "a port, such as 8443"
            )
            return nil
        }
        return .reference
    }
}
