namespace SafeConsole.CloudEndpoint;

/// <summary>What the endpoint is told to do wrong, by operation and a number of times.</summary>
public sealed class CloudFaults
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Fault, string Operation), int> left = [];

    /// <summary>The next calls are refused with `ThrottlingException`.</summary>
    public void Throttle(string operation, int times) => Add("throttle", operation, times);

    /// <summary>The next calls fail with `ServerException`.</summary>
    public void Fail(string operation, int times) => Add("fail", operation, times);

    /// <summary>The next calls are refused with `AccessDeniedException`.</summary>
    public void Deny(string operation, int times) => Add("deny", operation, times);

    /// <summary>The next calls are carried out, and the connection is cut instead of answered.</summary>
    public void LoseAnswer(string operation, int times) => Add("lose", operation, times);

    /// <summary>How often a fault is still to come.</summary>
    public int Left(string operation)
    {
        lock (gate)
            return left.Where(entry => entry.Key.Operation == operation).Sum(entry => entry.Value);
    }

    internal void RefuseWhereTold(string operation)
    {
        if (Take("throttle", operation))
            throw new RefusedException("ThrottlingException", "Rate exceeded");
        if (Take("fail", operation))
            throw new RefusedException("ServerException", "Service Unavailable. Please try again later.");
        if (Take("deny", operation))
            throw new RefusedException("AccessDeniedException", $"User: arn:aws:iam::123456789012:user/gateway is not authorized to perform: {operation} because no identity-based policy allows it");
    }

    internal bool AnswerIsLost(string operation) => Take("lose", operation);

    private void Add(string fault, string operation, int times)
    {
        lock (gate)
            left[(fault, operation)] = left.GetValueOrDefault((fault, operation)) + times;
    }

    private bool Take(string fault, string operation)
    {
        lock (gate)
        {
            if (left.GetValueOrDefault((fault, operation)) is var times && times == 0)
                return false;
            left[(fault, operation)] = times - 1;
            return true;
        }
    }
}
