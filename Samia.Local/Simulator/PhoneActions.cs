using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>
/// What customers do with their phones. Each changes the phone at once and completes when the inbox has accepted the
/// webhook, which during an outage is later.
/// </summary>
public static class PhoneActions
{
    extension(WhatsAppSimulator simulator)
    {
        public Task<ChatMessage> WriteAsync(SimulatedPhone phone, string text, string? replyTo = null) =>
            simulator.SendAsync(phone, "text", new JsonObject { ["body"] = text }, replyTo);

        /// <param name="phone">Who sends it.</param>
        /// <param name="media">Its type is that of its MIME type.</param>
        /// <param name="caption">Of a picture, video or document.</param>
        /// <param name="voice">A voice note, where it is audio.</param>
        /// <param name="replyTo">The wamid that it answers.</param>
        public Task<ChatMessage> SendMediaAsync(
            SimulatedPhone phone, StoredMedia media, string? caption = null, bool voice = false, string? replyTo = null)
        {
            var content = new JsonObject { ["mime_type"] = media.MimeType, ["sha256"] = media.Sha256Base64, ["id"] = media.Id };
            var type = media.MimeType switch
            {
                "image/webp" => "sticker",
                _ when media.MimeType.StartsWith("image/", StringComparison.Ordinal) => "image",
                _ when media.MimeType.StartsWith("video/", StringComparison.Ordinal) => "video",
                _ when media.MimeType.StartsWith("audio/", StringComparison.Ordinal) => "audio",
                _ => "document",
            };
            if (caption is not null && type is "image" or "video" or "document")
            {
                content["caption"] = caption;
            }

            switch (type)
            {
                case "document": content["filename"] = media.FileName ?? "document"; break;
                case "audio": content["voice"] = voice; break;
                case "sticker": content["animated"] = false; break;
            }

            return simulator.SendAsync(phone, type, content, replyTo);
        }

        public Task<ChatMessage> SendLocationAsync(
            SimulatedPhone phone, double latitude, double longitude, string? name = null, string? address = null)
        {
            var content = new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude };
            if (name is not null)
            {
                content["name"] = name;
            }

            if (address is not null)
            {
                content["address"] = address;
            }

            return simulator.SendAsync(phone, "location", content);
        }

        /// <param name="phone">Who sends it.</param>
        /// <param name="name">Of the person on the card.</param>
        /// <param name="number">As people write it.</param>
        public Task<ChatMessage> SendContactAsync(SimulatedPhone phone, string name, string number) =>
            simulator.SendAsync(phone, "contacts", new JsonArray(new JsonObject
            {
                ["name"] = new JsonObject { ["formatted_name"] = name, ["first_name"] = name.Split(' ')[0] },
                ["phones"] = new JsonArray(new JsonObject
                {
                    ["phone"] = number, ["wa_id"] = NewPhone.Digits(number), ["type"] = "CELL",
                }),
            }));

        /// <summary>Presses a button that the business sent, or picks a row of its list.</summary>
        /// <exception cref="ArgumentException">The message has no such button.</exception>
        public Task<ChatMessage> PressAsync(SimulatedPhone phone, string messageId, string buttonId)
        {
            var message = phone.Find(messageId) ?? throw new ArgumentException("There is no such message.");
            var content = SimulatedButton.Of(message).FirstOrDefault(b => b.Id == buttonId)?.Answer
                ?? throw new ArgumentException("The message has no such button.");
            return simulator.SendAsync(phone, (string)content["kind"]!, content["content"]!.DeepClone(), messageId);
        }

        /// <summary>Something that the Cloud API cannot tell, such as a poll.</summary>
        public Task<ChatMessage> SendUnsupportedAsync(SimulatedPhone phone) => simulator.SendAsync(
            phone, "unsupported", new JsonObject { ["type"] = "poll" }, more: new JsonObject
            {
                ["errors"] = new JsonArray(new CloudApiError(400, 131051, "Message type unknown",
                    "Message type is currently not supported.").InStatus()),
            });

        /// <param name="phone">Who sends it.</param>
        /// <param name="type">As in the Cloud API.</param>
        /// <param name="content">What stands under the type.</param>
        /// <param name="replyTo">The wamid that it answers.</param>
        /// <param name="more">Fields beside it, such as <c>referral</c>.</param>
        public async Task<ChatMessage> SendAsync(
            SimulatedPhone phone, string type, JsonNode content, string? replyTo = null, JsonObject? more = null)
        {
            var message = new ChatMessage
            {
                Id = WebhookBodies.NewWamid(), FromCustomer = true, Type = type, Content = content,
                At = simulator.Options.Time.GetUtcNow(), ReplyTo = replyTo,
            };
            more = (JsonObject)(more ?? []).DeepClone();
            if (replyTo is not null)
            {
                more["context"] = new JsonObject { ["from"] = phone.Line.Connection.WhatsApp.DisplayPhoneNumber, ["id"] = replyTo };
            }

            phone.Add(message);
            await simulator.TellAsync(phone, message.Id, message.At, type, content, more);
            return phone.Change(message.Id, m => m.Status == ChatStatus.Sent ? m with { Status = ChatStatus.Delivered } : m)!;
        }

        /// <param name="phone">Who reacts.</param>
        /// <param name="messageId">To what.</param>
        /// <param name="emoji">Null withdraws the reaction.</param>
        /// <exception cref="ArgumentException">There is no such message on the phone.</exception>
        public Task ReactAsync(SimulatedPhone phone, string messageId, string? emoji)
        {
            Change(phone, messageId, m => m with { CustomerReaction = emoji });
            return simulator.TellAsync(phone, "reaction",
                new JsonObject { ["message_id"] = messageId, ["emoji"] = emoji ?? "" });
        }

        /// <summary>Changes the text of a message that was sent.</summary>
        /// <exception cref="ArgumentException">There is no such message on the phone.</exception>
        public Task EditAsync(SimulatedPhone phone, string messageId, string text)
        {
            var content = new JsonObject { ["body"] = text };
            Change(phone, messageId, m => m with { Content = content, Edited = true });
            return simulator.TellAsync(phone, "edit", new JsonObject
            {
                ["original_message_id"] = messageId,
                ["message"] = new JsonObject { ["type"] = "text", ["text"] = content.DeepClone() },
            });
        }

        /// <summary>Deletes a message for everyone.</summary>
        /// <exception cref="ArgumentException">There is no such message on the phone.</exception>
        public Task RevokeAsync(SimulatedPhone phone, string messageId)
        {
            Change(phone, messageId, m => m with { Revoked = true });
            return simulator.TellAsync(phone, "revoke", new JsonObject { ["original_message_id"] = messageId });
        }

        /// <summary>Moves to another number. The business-scoped id changes too, as it belongs to the number.</summary>
        /// <exception cref="ArgumentException">It is no number, or the phone has none to change; for people.</exception>
        public Task ChangeNumberAsync(SimulatedPhone phone, string number)
        {
            var (old, digits) = (phone.Person, NewPhone.Digits(number));
            if (old.WaId is null)
            {
                throw new ArgumentException("Somebody without a number cannot change it.");
            }

            var bsuid = old.Bsuid is null ? null : NewPhone.NewBsuid(NewPhone.CountryOf(digits));
            phone.Becomes(old with { WaId = digits, Bsuid = bsuid });
            var content = new JsonObject
            {
                ["body"] = $"{old.Name} changed from {old.WaId} to {digits}", ["wa_id"] = digits, ["type"] = "user_changed_number",
            };
            if (bsuid is not null)
            {
                content["user_id"] = bsuid;
            }

            return simulator.Courier.Deliver(phone, "system", WebhookBodies.Of(phone.Line.Connection.WhatsApp,
                WebhookBodies.Message(old, WebhookBodies.NewWamid(), simulator.Options.Time.GetUtcNow(), "system", content)));
        }

        private Task TellAsync(SimulatedPhone phone, string type, JsonNode content) => simulator.TellAsync(
            phone, WebhookBodies.NewWamid(), simulator.Options.Time.GetUtcNow(), type, content, null);

        private Task TellAsync(
            SimulatedPhone phone, string id, DateTimeOffset at, string type, JsonNode content, JsonObject? more) =>
            simulator.Courier.Deliver(phone, type, WebhookBodies.Of(phone.Line.Connection.WhatsApp,
                WebhookBodies.Message(phone.Person, id, at, type, content, more)));
    }

    private static void Change(SimulatedPhone phone, string messageId, Func<ChatMessage, ChatMessage> change)
    {
        if (phone.Change(messageId, change) is null)
        {
            throw new ArgumentException("There is no such message on the phone.");
        }
    }
}
